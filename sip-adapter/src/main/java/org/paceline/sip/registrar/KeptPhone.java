package org.paceline.sip.registrar;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.NameResolver;

/**
 * A registered phone as it is kept over a restart: texts and wall time.
 *
 * @param user of the account
 * @param path URIs, the nearest to us first, separated by spaces; empty for none
 * @param sourceHost an IP address
 * @param sinceEpochMillis when it registered first
 * @param untilEpochMillis when its registration lapses
 */
public record KeptPhone(
        String user,
        String contact,
        String instance,
        int regId,
        String callId,
        long sequence,
        String path,
        String sourceHost,
        int sourcePort,
        boolean symmetric,
        String userAgent,
        long sinceEpochMillis,
        long untilEpochMillis) {

    /** Whether both are the same, with times that differ by less than that. */
    public boolean isSame(KeptPhone other, long millis) {
        return Math.abs(sinceEpochMillis - other.sinceEpochMillis) < millis
                && Math.abs(untilEpochMillis - other.untilEpochMillis) < millis
                && equals(other.at(sinceEpochMillis, untilEpochMillis));
    }

    private KeptPhone at(long since, long until) {
        return new KeptPhone(
                user,
                contact,
                instance,
                regId,
                callId,
                sequence,
                path,
                sourceHost,
                sourcePort,
                symmetric,
                userAgent,
                since,
                until);
    }

    static KeptPhone of(String user, Binding phone, long nowNanos, long epochMillis) {
        return new KeptPhone(
                user,
                phone.contact().toString(),
                phone.instance(),
                phone.regId(),
                phone.callId(),
                phone.sequence(),
                phone.path().stream().map(SipUri::toString).collect(Collectors.joining(" ")),
                phone.source().getAddress().getHostAddress(),
                phone.source().getPort(),
                phone.isSymmetric(),
                phone.userAgent(),
                epochMillis - TimeUnit.NANOSECONDS.toMillis(nowNanos - phone.sinceNanos()),
                epochMillis + TimeUnit.NANOSECONDS.toMillis(phone.untilNanos() - nowNanos));
    }

    /** Returns null where a text cannot be read. */
    @Nullable
    Binding binding(long nowNanos, long epochMillis) {
        InetAddress host = NameResolver.literal(sourceHost);
        if (host == null) {
            return null;
        }
        try {
            List<SipUri> hops = new ArrayList<>();
            for (String hop : path.isEmpty() ? new String[0] : path.split(" ")) {
                hops.add(uri(hop));
            }
            return new Binding(
                    uri(contact),
                    instance,
                    regId,
                    callId,
                    sequence,
                    hops,
                    new InetSocketAddress(host, sourcePort),
                    symmetric,
                    userAgent,
                    nowNanos - TimeUnit.MILLISECONDS.toNanos(epochMillis - sinceEpochMillis),
                    nowNanos + TimeUnit.MILLISECONDS.toNanos(untilEpochMillis - epochMillis));
        } catch (ParseException | IllegalArgumentException _) {
            return null;
        }
    }

    private static SipUri uri(String text) throws ParseException {
        if (new StringMsgParser().parseUrl(text) instanceof SipUri uri) {
            return uri;
        }
        throw new ParseException(text, 0);
    }
}
