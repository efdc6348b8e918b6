package org.paceline.sip.line;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.sip.dialog.PhoneRoute;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.registrar.Binding;
import org.paceline.sip.stack.Link;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TlsPeer;
import org.paceline.sip.tls.TlsTerms;

/**
 * One place where an agent's phone is called.
 *
 * @param uri what the requests are for
 * @param host where they go: a name or an address
 * @param transport by which they go
 * @param binding the phone's registration; null for a phone at a fixed address
 */
public record PhoneWay(
        SipUri uri,
        String host,
        int port,
        Transport transport,
        PhoneRoute route,
        @Nullable Binding binding) {

    /**
     * Returns the way to a phone at a fixed address.
     *
     * @throws ParseException with one line that says what is wrong, and what would be right
     */
    static PhoneWay to(AgentAddress at) throws ParseException {
        SipUri uri = parse(at.uri());
        Transport transport = transportOf(uri, at.uri());
        return new PhoneWay(uri, uri.getHost(), SipMessages.port(uri, transport), transport, PhoneRoute.NONE, null);
    }

    /**
     * Returns by what a phone at that address is called.
     *
     * @throws ParseException as {@link #to(AgentAddress)}
     */
    public static Transport transport(String uri) throws ParseException {
        return transportOf(parse(uri), uri);
    }

    private static SipUri parse(String text) throws ParseException {
        try {
            if ((text.regionMatches(true, 0, "sip:", 0, 4) || text.regionMatches(true, 0, "sips:", 0, 5))
                    && new StringMsgParser().parseUrl(text) instanceof SipUri sip) {
                return sip;
            }
        } catch (ParseException _) {
            // reported below
        }
        throw new ParseException("address " + text + " is no SIP URI such as sip:alice@192.0.2.10:5060", 0);
    }

    /** A sips URI is always by TLS, and one without a transport by UDP (RFC 3263 §4.1). */
    private static Transport transportOf(SipUri uri, String text) throws ParseException {
        String named = uri.getTransportParam();
        Transport transport = uri.isSecure() ? Transport.TLS : named == null ? Transport.UDP : Transport.of(named);
        if (transport == null) {
            throw new ParseException(
                    "address " + text + " names a transport that there is not; udp, tcp and tls are", 0);
        }
        return transport;
    }

    /** @param terms of connections by TLS */
    Link link(TlsTerms terms) {
        return new Link(transport, transport == Transport.TLS ? new TlsPeer(host, terms) : null);
    }

    /** Returns the way to a phone that registered: by its path, or where it registered from, or where it says. */
    static PhoneWay to(Binding phone) {
        List<SipUri> path = phone.path();
        SipUri next = path.isEmpty() ? phone.contact() : path.getFirst();
        boolean fixed = path.isEmpty() && phone.isSymmetric();
        return new PhoneWay(
                phone.contact(),
                fixed ? phone.source().getAddress().getHostAddress() : next.getHost(),
                fixed ? phone.source().getPort() : SipMessages.port(next),
                Transport.UDP,
                new PhoneRoute(path, fixed),
                phone);
    }
}
