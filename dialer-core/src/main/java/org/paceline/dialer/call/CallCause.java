package org.paceline.dialer.call;

/**
 * Why the network says that a call ended.
 *
 * @param sipStatus final SIP status, or 0 where there was none
 * @param q850 cause of a Reason header (RFC 3326, ITU-T Q.850), or 0
 * @param retryAfterSeconds of a Retry-After header, or 0
 */
public record CallCause(int sipStatus, int q850, int retryAfterSeconds) {
    public static final CallCause NONE = new CallCause(0, 0, 0);

    public static CallCause ofStatus(int sipStatus) {
        return new CallCause(sipStatus, 0, 0);
    }
}
