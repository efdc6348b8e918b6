package org.paceline.sip.registrar;

import gov.nist.javax.sip.header.WWWAuthenticate;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.auth.Credentials;
import org.paceline.sip.dialog.RegisterAnswer;

/** A phone that registers, without a network: it writes REGISTERs and answers challenges. Thread: one. */
final class Phone {

    private final Registrar registrar;
    private final Authenticator authenticator;
    private final List<String> more = new ArrayList<>();
    private String user = "alice";
    private String from = "192.0.2.10";
    private int port = 5071;
    private String via = "192.0.2.10:5071;rport";
    private String callId = "phone-1";
    private int sequence;
    private Authenticator.Exchange exchange;

    Phone(Registrar registrar, String password) {
        this.registrar = registrar;
        authenticator = new Authenticator(new Credentials("alice", password, ""));
        exchange = authenticator.begin();
    }

    /** Another phone of the same agent, at another address. */
    Phone at(String host, int itsPort) {
        from = host;
        port = itsPort;
        via = host + ":" + itsPort + ";rport";
        callId = "phone-" + host + "-" + itsPort;
        return this;
    }

    Phone behind(String host, int itsPort, String sentBy) {
        from = host;
        port = itsPort;
        via = sentBy;
        return this;
    }

    Phone as(String account) {
        user = account;
        return this;
    }

    Phone with(String header) {
        more.add(header);
        return this;
    }

    Phone sequence(int last) {
        sequence = last;
        return this;
    }

    /** Registers, with the answer to the challenge if there is one. */
    RegisterAnswer register(String... headers) {
        exchange = authenticator.begin();
        RegisterAnswer answer = send(headers);
        while (answer.status() == 401 && exchange.take(response(answer)) instanceof Authenticator.Result.Again) {
            answer = send(headers);
        }
        return answer;
    }

    /** Sends one REGISTER, with the answer to the last challenge. */
    RegisterAnswer send(String... headers) {
        return send(request(headers));
    }

    RegisterAnswer send(SIPRequest request) {
        return Objects.requireNonNull(registrar.register(request));
    }

    /** Makes one REGISTER, with the answer to the last challenge. */
    SIPRequest request(String... headers) {
        StringBuilder text = new StringBuilder("REGISTER sip:pbx.example SIP/2.0\r\n")
                .append("Via: SIP/2.0/UDP ")
                .append(via)
                .append(";branch=z9hG4bK")
                .append(++sequence)
                .append("\r\n")
                .append("From: <sip:")
                .append(user)
                .append("@pbx.example>;tag=1\r\n")
                .append("To: <sip:")
                .append(user)
                .append("@pbx.example>\r\n")
                .append("Call-ID: ")
                .append(callId)
                .append("\r\n")
                .append("CSeq: ")
                .append(sequence)
                .append(" REGISTER\r\n")
                .append("Max-Forwards: 70\r\n")
                .append("User-Agent: Test \"Phone\"\r\n");
        more.forEach(header -> text.append(header).append("\r\n"));
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        try {
            SIPRequest request = (SIPRequest) new StringMsgParser()
                    .parseSIPMessage(
                            text.append("Content-Length: 0\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8),
                            true,
                            true,
                            null);
            request.setPeerPacketSourceAddress(InetAddress.getByName(from));
            request.setPeerPacketSourcePort(port);
            exchange.authorize(request);
            return request;
        } catch (ParseException | UnknownHostException e) {
            throw new IllegalArgumentException(text.toString(), e);
        }
    }

    private SIPResponse response(RegisterAnswer answer) {
        SIPResponse response = request().createResponse(answer.status());
        answer.headers().stream().filter(WWWAuthenticate.class::isInstance).forEach(response::addHeader);
        return response;
    }

    /** A header of an answer, or an empty text. */
    static String header(RegisterAnswer answer, String name) {
        return answer.headers().stream()
                .map(header -> header.encode().trim())
                .filter(header -> header.startsWith(name + ":"))
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }
}
