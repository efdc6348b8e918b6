package org.paceline.sip.simulation;

/**
 * A simulated peer's counts since its start.
 *
 * @param invites new calls; retransmissions are not counted
 * @param answered calls answered with 200
 * @param acknowledged answers that were acknowledged
 * @param unacknowledged answers without ACK for 32 s, which were then hung up
 * @param refused calls refused with a final status of 400 or more
 * @param cancelled calls that the dialer gave up
 * @param byesReceived calls hung up by the dialer
 * @param byesSent calls hung up here
 * @param heard calls in which a word was heard
 * @param unserved calls hung up here because no word was heard in time
 * @param open calls answered and not over
 * @param rtpReceived packets
 * @param rtpAudible packets of these with more than silence in them
 * @param rtpLost packets missing by their sequence numbers, within calls that are over
 * @param rtpSent packets
 */
public record PeerStats(
        long invites,
        long answered,
        long acknowledged,
        long unacknowledged,
        long refused,
        long cancelled,
        long byesReceived,
        long byesSent,
        long heard,
        long unserved,
        long open,
        long rtpReceived,
        long rtpAudible,
        long rtpLost,
        long rtpSent) {}
