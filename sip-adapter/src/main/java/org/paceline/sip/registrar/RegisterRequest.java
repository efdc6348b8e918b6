package org.paceline.sip.registrar;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.header.ims.Path;
import gov.nist.javax.sip.header.ims.PathHeader;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sip.header.SupportedHeader;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.NameResolver;

/**
 * A REGISTER, read (RFC 3261 §10.3, RFC 3327, RFC 5626). Thread: any.
 *
 * @param wanted the phones that it tells of, with the time it asks for; over already where it takes one back
 * @param takesAllBack whether it says {@code Contact: *}
 */
record RegisterRequest(List<Wanted> wanted, boolean takesAllBack, boolean wantsOutbound) {

    /** The status of an answer that asks for a longer time (RFC 3261 §21.4.17). */
    static final int TOO_BRIEF = 423;

    /** How long a phone is asked for that does not say it (RFC 3261 §10.2.1.1). */
    private static final int USUAL_SECONDS = 3_600;

    private static final int MOST_CONTACTS = 10;
    private static final int MOST_PATH = 10;
    private static final int LONGEST_PATH = 1_900;
    private static final int LONGEST_URI = 500;
    private static final int LONGEST_CALL_ID = 200;
    private static final int LONGEST_INSTANCE = 200;

    /** @param seconds what it asks for; 0 to be forgotten */
    record Wanted(Binding phone, int seconds) {}

    /** What is wrong with a REGISTER, with the status that says so. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status, String reason) {
            super(reason, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** @param source where it came from */
    static RegisterRequest read(SIPRequest request, InetSocketAddress source, long nowNanos) throws Refused {
        if (!isKeepable(request.getCallId().getCallId(), LONGEST_CALL_ID)) {
            throw new Refused(400, "Call-ID Too Long");
        }
        List<SipUri> path = path(request);
        int usual = request.getExpires() == null
                ? USUAL_SECONDS
                : request.getExpires().getExpires();
        List<Wanted> wanted = new ArrayList<>();
        boolean all = false;
        if (request.getContactHeaders() != null) {
            for (Contact contact : request.getContactHeaders()) {
                if (contact.isWildCard()) {
                    all = true;
                } else {
                    wanted.add(wanted(contact, usual, request, path, source, nowNanos));
                }
            }
        }
        if (all && (!wanted.isEmpty() || usual != 0 || request.getExpires() == null)) {
            throw new Refused(400, "Contact * Stands Alone And With Expires 0");
        }
        if (wanted.size() > MOST_CONTACTS) {
            throw new Refused(400, "Too Many Contacts");
        }
        boolean outbound = wanted.stream()
                .anyMatch(each ->
                        each.phone().regId() > 0 && !each.phone().instance().isEmpty());
        if (outbound && supports(request, "outbound") && isForwarded(request) && !firstHopKeepsFlows(path)) {
            throw new Refused(439, "First Hop Lacks Outbound Support");
        }
        return new RegisterRequest(List.copyOf(wanted), all, outbound && supports(request, "outbound"));
    }

    private static Wanted wanted(
            Contact contact, int usual, SIPRequest request, List<SipUri> path, InetSocketAddress source, long nowNanos)
            throws Refused {
        if (contact.getAddress() == null
                || !(contact.getAddress().getURI() instanceof SipUri uri)
                || uri.isSecure()
                || uri.getHost() == null
                || uri.getPort() > 65_535
                || !isKeepable(uri.toString(), LONGEST_URI)) {
            throw new Refused(400, "Contact Must Be A sip URI");
        }
        int asked = contact.getExpires() >= 0 ? contact.getExpires() : usual;
        Binding phone = new Binding(
                uri,
                instance(contact),
                regId(contact),
                request.getCallId().getCallId(),
                request.getCSeq().getSeqNumber(),
                path,
                source,
                path.isEmpty() && isSymmetric(uri, request.getTopmostVia(), source),
                name(request),
                nowNanos,
                nowNanos + TimeUnit.SECONDS.toNanos(asked));
        return new Wanted(phone, asked);
    }

    /**
     * Whether the phone is called where its REGISTER came from: it asks for that (RFC 3581), or its contact is another
     * host, as behind a NAT, or a name, where nothing may reach it.
     */
    private static boolean isSymmetric(SipUri contact, Via via, InetSocketAddress source) {
        InetAddress host = NameResolver.literal(contact.getHost());
        return via.hasParameter(Via.RPORT) || !source.getAddress().equals(host);
    }

    private static String instance(Contact contact) {
        String text = contact.getParameter("+sip.instance");
        String plain = text == null ? "" : text.replaceAll("[\"\\p{Cntrl}]", "").trim();
        return plain.length() > LONGEST_INSTANCE ? "" : plain;
    }

    private static int regId(Contact contact) {
        String text = contact.getParameter("reg-id");
        return text != null && text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    }

    private static String name(SIPRequest request) {
        String value = request.getHeader("User-Agent") == null
                ? ""
                : request.getHeader("User-Agent").toString().replaceFirst("(?i)^User-Agent\\s*:", "");
        String plain = value.replaceAll("[^ -~]|[\"\\\\]", " ").trim();
        return plain.length() > Binding.LONGEST_NAME ? plain.substring(0, Binding.LONGEST_NAME) : plain;
    }

    private static List<SipUri> path(SIPRequest request) throws Refused {
        List<SipUri> path = new ArrayList<>();
        Iterator<?> headers = request.getHeaders(PathHeader.NAME);
        while (headers.hasNext()) {
            if (headers.next() instanceof Path hop && hop.getAddress().getURI() instanceof SipUri uri) {
                path.add(uri);
            }
        }
        String all = path.stream().map(SipUri::toString).collect(Collectors.joining());
        if (path.size() > MOST_PATH || !isKeepable("-" + all, LONGEST_PATH)) {
            throw new Refused(400, "Path Too Long");
        }
        return path;
    }

    private static boolean isKeepable(String text, int longest) {
        return text.length() <= longest && text.matches("[!-~]+");
    }

    /** Whether a proxy stands between the phone and us. */
    private static boolean isForwarded(SIPRequest request) {
        return request.getViaHeaders().size() > 1;
    }

    /** Whether the proxy next to the phone keeps its connection (RFC 5626 §5.1): it is the last in the path. */
    private static boolean firstHopKeepsFlows(List<SipUri> path) {
        return !path.isEmpty() && path.getLast().hasParameter("ob");
    }

    static boolean supports(SIPRequest request, String tag) {
        Iterator<?> supported = request.getHeaders(SupportedHeader.NAME);
        while (supported.hasNext()) {
            if (supported.next() instanceof SupportedHeader header && tag.equalsIgnoreCase(header.getOptionTag())) {
                return true;
            }
        }
        return false;
    }

    /** Returns the user that a request registers, or null. */
    static @Nullable String user(SIPRequest request) {
        return request.getTo().getAddress().getURI() instanceof SipUri uri ? uri.getUser() : null;
    }
}
