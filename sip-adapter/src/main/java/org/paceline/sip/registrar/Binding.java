package org.paceline.sip.registrar;

import gov.nist.javax.sip.address.SipUri;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One phone of an account: where it is, as its last REGISTER told.
 *
 * @param contact the address that its requests are for
 * @param instance its {@code +sip.instance} (RFC 5626 §4.1), or empty
 * @param regId its {@code reg-id}, or 0
 * @param callId the Call-ID of its REGISTERs
 * @param sequence the CSeq of the last one
 * @param path the proxies on the way to it (RFC 3327), the nearest to us first
 * @param source where its REGISTER came from
 * @param isSymmetric whether it is called at {@code source}, instead of where its contact says
 * @param userAgent what it calls itself, printable, at most {@value #LONGEST_NAME} characters; may be empty
 * @param sinceNanos when it registered first, monotonic
 * @param untilNanos when the registration lapses, monotonic
 */
public record Binding(
        SipUri contact,
        String instance,
        int regId,
        String callId,
        long sequence,
        List<SipUri> path,
        InetSocketAddress source,
        boolean isSymmetric,
        String userAgent,
        long sinceNanos,
        long untilNanos) {

    static final int LONGEST_NAME = 100;

    public Binding {
        path = List.copyOf(path);
    }

    /** Returns for how long it still holds, in seconds, rounded up; at least 0. */
    public long secondsLeft(long nowNanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(untilNanos - nowNanos + 999_999_999));
    }

    /** Returns where its REGISTER came from, as {@code ip:port}. */
    String from() {
        return text(source);
    }

    static String text(InetSocketAddress address) {
        String ip = address.getAddress().getHostAddress();
        return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + address.getPort();
    }

    boolean isOver(long nowNanos) {
        return untilNanos - nowNanos <= 0;
    }

    /**
     * Whether both are the same place of the same phone: the same instance and flow, or else the same contact (RFC 3261
     * §10.3, RFC 5626 §6).
     */
    public boolean isSamePlace(Binding other) {
        if (regId > 0 && !instance.isEmpty() && other.regId > 0 && !other.instance.isEmpty()) {
            return instance.equals(other.instance) && regId == other.regId;
        }
        return contact.equals(other.contact);
    }

    /** Whether both are the same phone, which may have been restarted at another port meanwhile. */
    boolean isSamePhone(Binding other) {
        return isSamePlace(other)
                || (!instance.isEmpty()
                        && instance.equals(other.instance)
                        && (regId == other.regId || regId == 0 || other.regId == 0));
    }

    /** The same phone, which came first at that time. */
    Binding since(long nanos) {
        return with(nanos, untilNanos);
    }

    /** The same phone, whose registration lapses at that time. */
    Binding until(long nanos) {
        return with(sinceNanos, nanos);
    }

    private Binding with(long since, long until) {
        return new Binding(
                contact, instance, regId, callId, sequence, path, source, isSymmetric, userAgent, since, until);
    }
}
