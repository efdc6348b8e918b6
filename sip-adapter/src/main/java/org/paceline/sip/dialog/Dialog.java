package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RecordRoute;
import gov.nist.javax.sip.header.RecordRouteList;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.Link;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TlsPeer;
import org.paceline.sip.tls.TlsTerms;

/**
 * A dialog that a response to our INVITE made (RFC 3261 §12.1.2): its remote target, route set and sequence numbers.
 *
 * <p>Thread: one at a time.
 */
final class Dialog {
    private static final int MOST_PORT = 65_535;

    private final SipMessages messages;
    private final String callId;
    private final From local;
    private final To remote;
    private final String remoteTag;
    private final Hop fallback;
    private final boolean isFixed;
    private final List<SipUri> routes = new ArrayList<>();
    private SipUri remoteTarget;
    private long sequence;

    /**
     * @param response the first response to our INVITE that names the dialog
     * @param fallback where to send when the next hop is a name instead of an address, because DNS is not asked within
     * a call
     * @param isFixed whether everything is sent there, unless a proxy stays on the way
     */
    Dialog(SipMessages messages, SIPResponse response, Hop fallback, boolean isFixed) {
        this.messages = messages;
        this.callId = response.getCallId().getCallId();
        this.local = (From) response.getFrom();
        this.remote = (To) response.getTo();
        this.remoteTag = tagOf(response.getToTag());
        this.fallback = fallback;
        this.isFixed = isFixed;
        this.sequence = response.getCSeq().getSeqNumber();
        SipUri contact = contactOf(response);
        this.remoteTarget = contact != null
                ? contact
                : SipMessages.uri(
                        "", fallback.at().getHostString(), fallback.at().getPort());
        takeRoutes(response);
    }

    /** Takes target and route set from a 2xx, which replace those of an early dialog (RFC 3261 §13.2.2.4). */
    void confirmed(SIPResponse answer) {
        refreshTarget(answer);
        takeRoutes(answer);
    }

    private void takeRoutes(SIPResponse response) {
        routes.clear();
        RecordRouteList recorded = response.getRecordRouteHeaders();
        if (recorded != null) {
            for (RecordRoute route : recorded) {
                if (route.getAddress().getURI() instanceof SipUri uri) {
                    routes.addFirst(uri);
                }
            }
        }
    }

    /** Returns the tag as it is compared; peers that know only RFC 2543 send none. */
    static String tagOf(@Nullable String tag) {
        return tag == null ? "" : tag;
    }

    String remoteTag() {
        return remoteTag;
    }

    /** Returns the sequence number of our last request. */
    long sequence() {
        return sequence;
    }

    /** Goes on behind a sequence number that was used already. */
    void continueAfter(long used) {
        sequence = Math.max(sequence, used);
    }

    /** Takes the other side's new contact from a re-INVITE or UPDATE, or its response (RFC 3261 §12.2). */
    void refreshTarget(SIPMessage message) {
        SipUri contact = contactOf(message);
        if (contact != null) {
            remoteTarget = contact;
        }
    }

    /** Makes the ACK of a 2xx to our INVITE; it is to be sent again with every repetition of that 2xx. */
    SIPRequest ack(long inviteSequence) {
        return build(Request.ACK, inviteSequence);
    }

    SIPRequest request(String method) {
        return build(method, ++sequence);
    }

    /**
     * Returns where requests of this dialog are sent: to the first route or the remote target, by the transport that its
     * URI names. What is secured stays secured, and to the same peer; a URI without a transport stays with that of the
     * INVITE.
     */
    Hop hop() {
        if (isFixed && routes.isEmpty()) {
            return fallback;
        }
        SipUri next = routes.isEmpty() ? remoteTarget : routes.getFirst();
        Link link = link(next);
        // RFC 3261 §19.1.1: maddr overrides the host.
        String host = next.getMAddrParam() == null ? next.getHost() : next.getMAddrParam();
        InetAddress address = NameResolver.literal(host);
        int port = link == null ? 0 : SipMessages.port(next, link.transport());
        return link == null || address == null || port > MOST_PORT
                ? fallback
                : new Hop(link, new InetSocketAddress(address, port));
    }

    /** Returns how the URI is reached; null where that would be less secure, or cannot be. */
    private @Nullable Link link(SipUri next) {
        String named = next.getTransportParam();
        Transport transport = next.isSecure() ? Transport.TLS : Transport.of(named);
        Transport before = fallback.transport();
        if ((named == null && !next.isSecure()) || transport == before) {
            return fallback.link();
        }
        if (before == Transport.TLS) {
            return null;
        }
        if (transport == null || !messages.has(transport)) {
            return next.isSecure() ? null : fallback.link(); // what we do not speak is passed over
        }
        TlsPeer peer = transport == Transport.TLS ? new TlsPeer(next.getHost(), TlsTerms.USUAL) : null;
        return new Link(transport, peer);
    }

    private SIPRequest build(String method, long number) {
        boolean strict = !routes.isEmpty() && !routes.getFirst().hasLrParam();
        SipUri uri = strict ? routes.getFirst() : remoteTarget;
        SIPRequest request = messages.request(method, uri, callId, number, (From) local.clone(), (To) remote.clone());
        if (!routes.isEmpty()) {
            RouteList list = new RouteList();
            for (SipUri route : strict ? routes.subList(1, routes.size()) : routes) {
                list.add(new Route(SipMessages.address(route)));
            }
            if (strict) {
                // RFC 3261 §12.2.1.1: a strict router takes the target out of the last Route.
                list.add(new Route(SipMessages.address(remoteTarget)));
            }
            request.setHeader(list);
        }
        return request;
    }

    /** Whether a request can be addressed to it: {@code Contact: *} has no host, and a port may be beyond all ports. */
    private static boolean isAddress(SipUri uri) {
        return uri.getAuthority() != null
                && uri.getAuthority().getHost() != null
                && uri.getHost() != null
                && uri.getPort() <= MOST_PORT;
    }

    private static @Nullable SipUri contactOf(SIPMessage message) {
        Contact contact = message.getContactHeader();
        if (contact != null
                && contact.getAddress() != null
                && contact.getAddress().getURI() instanceof SipUri uri
                && isAddress(uri)) {
            return uri;
        }
        return null;
    }
}
