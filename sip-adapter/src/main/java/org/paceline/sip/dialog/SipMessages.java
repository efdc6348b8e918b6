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
import gov.nist.javax.sip.header.Expires;
import gov.nist.javax.sip.header.ExtensionHeaderImpl;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.UserAgent;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.LenientAddresses;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.Transport;

/** Builds our requests, and the parts that requests and responses have in common. Thread: any. */
public final class SipMessages {

    private static final String OWN_USER = "paceline";
    private static final int MAX_FORWARDS = 70;
    /** The methods that we take from the other side. */
    static final List<String> ALLOWED = List.of(
            Request.INVITE,
            Request.ACK,
            Request.CANCEL,
            Request.BYE,
            Request.OPTIONS,
            Request.INFO,
            Request.UPDATE,
            Request.PRACK);

    private final SecureRandom random = new SecureRandom();
    private final SipEndpoint endpoint;
    private final String userAgent;

    /** @param endpoint knows where we are */
    SipMessages(SipEndpoint endpoint, String userAgent) {
        this.endpoint = endpoint;
        this.userAgent = userAgent;
    }

    String userAgent() {
        return userAgent;
    }

    /** Returns our own address as {@code host:port}. */
    String hostAndPort() {
        return endpoint.host() + ":" + endpoint.port();
    }

    /** Returns sixteen hexadecimal digits that cannot be guessed, for tags. */
    String token() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    long positiveNumber() {
        return random.nextLong() >>> 2;
    }

    /** Returns our URI, for requests that have none of their own, such as a probe's From. */
    SipUri ownUri() {
        return ownUri(OWN_USER);
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
        return port(uri, Transport.UDP);
    }

    /** The port of a URI, by default that of the transport. */
    public static int port(SipUri uri, Transport transport) {
        return uri.getPort() > 0 ? uri.getPort() : transport.defaultPort();
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

    SIPRequest invite(CallTarget target, String callId, String localTag, long sequence, byte[] offer) {
        SIPRequest request = request(
                Request.INVITE,
                target.to(),
                callId,
                sequence,
                from(target.caller().from(), localTag),
                to(target.to(), null));
        route(request, target.route());
        request.addHeader(contact(target.hop().transport()));
        allow(request);
        ExtensionHeaders.announce(request, target.extensions());
        target.caller().headers().forEach((name, value) -> extension(request, name, value));
        if (target.answersItself()) {
            answersItself(request);
        }
        body(request, offer);
        return request;
    }

    /**
     * Asks the phone to answer by itself: by RFC 5373, and by the headers that phones took before it and still do. A
     * phone that knows none of them rings.
     */
    private void answersItself(SIPRequest request) {
        extension(request, "Answer-Mode", "Auto");
        extension(request, "Call-Info", "<" + ownUri() + ">;answer-after=0");
        extension(request, "Alert-Info", "<" + ownUri() + ">;info=alert-autoanswer;delay=0");
    }

    private static void extension(SIPRequest request, String name, String value) {
        ExtensionHeaderImpl header = new ExtensionHeaderImpl();
        header.setName(name);
        header.setValue(value);
        request.addHeader(header);
    }

    private static void route(SIPRequest request, PhoneRoute route) {
        if (!route.path().isEmpty()) {
            RouteList list = new RouteList();
            route.path().forEach(hop -> list.add(new Route(address(hop))));
            request.setHeader(list);
        }
    }

    /** Makes a request outside of any call, to ask whether somebody is there (RFC 3261 §11). */
    SIPRequest options(SipUri to, PhoneRoute route, Transport transport, String callId, long sequence) {
        SIPRequest request = request(Request.OPTIONS, to, callId, sequence, from(ownUri(), token()), to(to, null));
        route(request, route);
        request.addHeader(contact(transport));
        request.addHeader(acceptSdp());
        return request;
    }

    /**
     * Makes a REGISTER (RFC 3261 §10.2).
     *
     * @param record the address of record
     * @param contact where it is to be reached
     */
    SIPRequest register(SipUri record, SipUri contact, String callId, long sequence, String tag, int expiresSeconds) {
        SIPRequest request = request(
                Request.REGISTER, uri("", record.getHost(), 0), callId, sequence, from(record, tag), to(record, null));
        Contact header = new Contact();
        header.setAddress(address(contact));
        request.addHeader(header);
        Expires expires = new Expires();
        try {
            expires.setExpires(expiresSeconds);
        } catch (InvalidArgumentException e) {
            throw new IllegalArgumentException("expires " + expiresSeconds, e);
        }
        request.addHeader(expires);
        return request;
    }

    /** Returns the address at which a user of ours is reached. */
    SipUri ownUri(String user) {
        return uri(user, endpoint.host(), endpoint.port());
    }

    /** Returns the address at which a user of ours is reached by that transport (RFC 3261 §19.1.1). */
    SipUri ownUri(String user, Transport transport) {
        SipUri uri = uri(user, endpoint.host(), endpoint.port(transport));
        if (transport != Transport.UDP) {
            try {
                uri.setTransportParam(transport.word());
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }
        return uri;
    }

    /** Whether messages can be sent by that transport. */
    boolean has(Transport transport) {
        return endpoint.has(transport);
    }

    static From from(SipUri uri, String tag) {
        return from(address(uri), tag);
    }

    static From from(AddressImpl address, String tag) {
        From from = new From();
        from.setAddress(address);
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

    /** Returns where the other side reaches us by that transport. */
    Contact contact(Transport transport) {
        Contact contact = new Contact();
        contact.setAddress(address(ownUri(OWN_USER, transport)));
        return contact;
    }

    static Accept acceptSdp() {
        Accept accept = new Accept();
        accept.setContentType("application");
        accept.setContentSubType("sdp");
        return accept;
    }

    /**
     * Makes a Via without a branch, which the endpoint makes with the transaction, as it names transport and port; the ACK
     * of a 2xx belongs to none.
     */
    private Via newVia(String method) throws ParseException, InvalidArgumentException {
        Via via = new Via();
        via.setHost(endpoint.host());
        via.setPort(endpoint.port());
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

    static void body(SIPMessage message, byte[] session) {
        try {
            message.setContent(session, new ContentType("application", "sdp"));
        } catch (ParseException e) {
            throw new IllegalArgumentException("session description: " + e.getMessage(), e);
        }
    }
}
