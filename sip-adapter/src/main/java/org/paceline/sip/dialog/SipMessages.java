package org.paceline.sip.dialog;

import gov.nist.javax.sip.SIPConstants;
import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Accept;
import gov.nist.javax.sip.header.Allow;
import gov.nist.javax.sip.header.AllowList;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.header.ExtensionHeaderImpl;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.Require;
import gov.nist.javax.sip.header.Server;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Unsupported;
import gov.nist.javax.sip.header.UserAgent;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.header.Warning;
import gov.nist.javax.sip.header.ims.PAssertedIdentity;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.header.RequireHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.stack.LenientAddresses;

/** Builds our requests and responses. Thread: any. */
public final class SipMessages {

    /** The CSeq of our INVITE, the first request of each call. */
    static final long INVITE_SEQUENCE = 1;

    private static final int MAX_FORWARDS = 70;
    /** RFC 3261 §19.1.2. */
    private static final int SIP_PORT = 5060;

    private static final List<String> ALLOWED = List.of(
            Request.INVITE, Request.ACK, Request.CANCEL, Request.BYE, Request.OPTIONS, Request.INFO, Request.UPDATE);
    /** RFC 3261, 3262, 3311, 3428, 3515, 3903, 6086, 6665. */
    private static final Set<String> METHODS = Set.of(
            Request.INVITE,
            Request.ACK,
            Request.CANCEL,
            Request.BYE,
            Request.OPTIONS,
            Request.REGISTER,
            Request.PRACK,
            Request.UPDATE,
            Request.MESSAGE,
            Request.REFER,
            Request.PUBLISH,
            Request.INFO,
            Request.SUBSCRIBE,
            Request.NOTIFY);

    private final SecureRandom random = new SecureRandom();
    private final String host;
    private final int port;
    private final String userAgent;

    SipMessages(String host, int port, String userAgent) {
        this.host = host;
        this.port = port;
        this.userAgent = userAgent;
    }

    /** Sixteen hexadecimal digits that cannot be guessed, for tags. */
    String token() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    long positiveNumber() {
        return random.nextLong() >>> 2;
    }

    /** Our URI for those who have none of their own, such as a probe's From. */
    SipUri ownUri() {
        return uri("paceline", host, port);
    }

    /** @param user empty for none */
    public static SipUri uri(String user, String host, int port) {
        try {
            SipUri uri = new SipUri();
            uri.setScheme("sip");
            if (!user.isEmpty()) {
                uri.setUser(user);
            }
            uri.setHost(host);
            if (port > 0) {
                uri.setPort(port);
            }
            return uri;
        } catch (ParseException e) {
            throw new IllegalArgumentException("sip:" + user + "@" + host + ": " + e.getMessage(), e);
        }
    }

    /** The port of a URI, by default 5060. */
    public static int port(SipUri uri) {
        return uri.getPort() > 0 ? uri.getPort() : SIP_PORT;
    }

    SIPRequest request(String method, SipUri uri, String callId, long sequence, From from, To to) {
        try {
            SIPRequest request = new SIPRequest();
            request.setMethod(method);
            request.setRequestURI(LenientAddresses.withoutEmptyUser(uri));
            request.setHeader(newVia(method));
            request.setHeader(from);
            request.setHeader(to);
            CallID id = new CallID();
            id.setCallId(callId);
            request.setHeader(id);
            CSeq number = new CSeq();
            number.setSeqNumber(sequence);
            number.setMethod(method);
            request.setHeader(number);
            MaxForwards forwards = new MaxForwards();
            forwards.setMaxForwards(MAX_FORWARDS);
            request.setHeader(forwards);
            UserAgent agent = new UserAgent();
            agent.setProduct(List.of(userAgent));
            request.setHeader(agent);
            return request;
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalArgumentException(method + " cannot be built: " + e.getMessage(), e);
        }
    }

    SIPRequest invite(CallTarget target, String callId, String localTag, byte[] offer) {
        SIPRequest request = request(
                Request.INVITE,
                target.to(),
                callId,
                INVITE_SEQUENCE,
                from(target.from(), localTag),
                to(target.to(), null));
        request.addHeader(contact());
        allow(request);
        if (target.assertIdentity()) {
            request.addHeader(new PAssertedIdentity(address(target.from())));
        }
        if (target.answersItself()) {
            answersItself(request);
        }
        body(request, offer);
        return request;
    }

    /** RFC 5373, and what phones took before it and still do; a phone that knows none of them rings. */
    private void answersItself(SIPRequest request) {
        try {
            extension(request, "Answer-Mode", "Auto");
            extension(request, "Call-Info", "<" + ownUri() + ">;answer-after=0");
            extension(request, "Alert-Info", "<" + ownUri() + ">;info=alert-autoanswer;delay=0");
        } catch (ParseException e) {
            throw new IllegalArgumentException("INVITE cannot be built: " + e.getMessage(), e);
        }
    }

    private static void extension(SIPRequest request, String name, String value) throws ParseException {
        ExtensionHeaderImpl header = new ExtensionHeaderImpl();
        header.setName(name);
        header.setValue(value);
        request.addHeader(header);
    }

    /** A request outside of any call, to ask whether somebody is there (RFC 3261 §11). */
    SIPRequest options(SipUri to, String callId) {
        SIPRequest request = request(Request.OPTIONS, to, callId, 1, from(ownUri(), token()), to(to, null));
        request.addHeader(contact());
        request.addHeader(acceptSdp());
        return request;
    }

    /** A response with a To-tag of ours where there is none yet. */
    SIPResponse response(SIPRequest request, int status) {
        SIPResponse response = request.createResponse(status);
        if (response.getToTag() == null) {
            response.setToTag(token());
        }
        Server server = new Server();
        try {
            server.setProduct(List.of(userAgent));
        } catch (ParseException e) {
            throw new IllegalStateException("userAgent=" + userAgent + ": " + e.getMessage(), e);
        }
        response.setHeader(server);
        return response;
    }

    /** A response that says what we understand: to OPTIONS, to a method that we do not know. */
    SIPResponse capabilities(SIPRequest request, int status) {
        SIPResponse response = response(request, status);
        for (String method : ALLOWED) {
            response.addHeader(new Allow(method));
        }
        response.addHeader(acceptSdp());
        return response;
    }

    /** An offer that we cannot speak, and why (RFC 3261 §21.4.26). */
    SIPResponse notAcceptable(SIPRequest request, SdpException why) {
        SIPResponse response = response(request, 488);
        Warning warning = new Warning();
        try {
            warning.setAgent(host + ":" + port);
            warning.setCode(why.warning());
            warning.setText(String.valueOf(why.getMessage()).replace('"', '\''));
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalArgumentException("Warning " + why.warning() + ": " + e.getMessage(), e);
        }
        response.addHeader(warning);
        return response;
    }

    /** The answer to a method that we do not take (RFC 3261 §21.4.6), or that nobody knows (§21.5.2). */
    SIPResponse unsupportedMethod(SIPRequest request) {
        boolean known = METHODS.contains(request.getMethod());
        return capabilities(request, known ? Response.METHOD_NOT_ALLOWED : Response.NOT_IMPLEMENTED);
    }

    /**
     * The option tags that a request requires of us: we have none (RFC 3261 §8.2.2.3). None of a BYE, whose sender is gone
     * whatever we answer, and of ACK and CANCEL.
     */
    static List<String> unknownExtensions(SIPRequest request) {
        List<String> unknown = new ArrayList<>();
        boolean mayRequire = switch (request.getMethod()) {
            case Request.ACK, Request.CANCEL, Request.BYE -> false;
            default -> true;
        };
        ListIterator<?> required = request.getHeaders(Require.NAME);
        while (mayRequire && required.hasNext()) {
            if (required.next() instanceof RequireHeader header) {
                unknown.add(header.getOptionTag());
            }
        }
        return unknown;
    }

    /** @param unknown option tags of {@link #unknownExtensions} */
    SIPResponse badExtension(SIPRequest request, List<String> unknown) {
        SIPResponse response = response(request, Response.BAD_EXTENSION);
        for (String tag : unknown) {
            try {
                Unsupported header = new Unsupported();
                header.setOptionTag(tag);
                response.addHeader(header);
            } catch (ParseException e) {
                throw new IllegalArgumentException("option tag: " + e.getMessage(), e);
            }
        }
        return response;
    }

    SIPResponse withSession(SIPResponse response, byte[] session) {
        response.addHeader(contact());
        body(response, session);
        return response;
    }

    static From from(SipUri uri, String tag) {
        From from = new From();
        from.setAddress(address(uri));
        try {
            from.setTag(tag);
        } catch (ParseException e) {
            throw new IllegalArgumentException("tag " + tag + ": " + e.getMessage(), e);
        }
        return from;
    }

    static To to(SipUri uri, @Nullable String tag) {
        To to = new To();
        to.setAddress(address(uri));
        if (tag != null) {
            try {
                to.setTag(tag);
            } catch (ParseException e) {
                throw new IllegalArgumentException("tag " + tag + ": " + e.getMessage(), e);
            }
        }
        return to;
    }

    static AddressImpl address(SipUri uri) {
        AddressImpl address = new AddressImpl();
        address.setURI(LenientAddresses.withoutEmptyUser(uri));
        return address;
    }

    private Contact contact() {
        Contact contact = new Contact();
        contact.setAddress(address(ownUri()));
        return contact;
    }

    private static Accept acceptSdp() {
        Accept accept = new Accept();
        accept.setContentType("application");
        accept.setContentSubType("sdp");
        return accept;
    }

    /** Without a branch, which the endpoint makes with the transaction; the ACK of a 2xx is in none. */
    private Via newVia(String method) throws ParseException, InvalidArgumentException {
        Via via = new Via();
        via.setHost(host);
        via.setPort(port);
        via.setTransport("UDP");
        if (Request.ACK.equals(method)) {
            via.setBranch(SIPConstants.BRANCH_MAGIC_COOKIE + token());
        }
        via.setRPort();
        return via;
    }

    private static void allow(SIPRequest request) {
        AllowList list = new AllowList();
        for (String method : ALLOWED) {
            list.add(new Allow(method));
        }
        request.setHeader(list);
    }

    private static void body(SIPMessage message, byte[] session) {
        try {
            message.setContent(session, new ContentType("application", "sdp"));
        } catch (ParseException e) {
            throw new IllegalArgumentException("session description: " + e.getMessage(), e);
        }
    }
}
