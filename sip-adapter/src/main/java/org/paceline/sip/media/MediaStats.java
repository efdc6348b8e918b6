package org.paceline.sip.media;

/**
 * The media plane's counts since the start.
 *
 * @param sessions open now
 * @param freePorts free ports of the range now; −1 where the operating system chooses
 * @param received valid packets of a session's own peer
 * @param sent packets given to the network
 * @param malformed datagrams that are no RTP packets; dropped
 * @param foreign packets from an address that is not the session's peer; dropped
 * @param excess packets of audio so much faster than time that it cannot be speech; dropped
 * @param ignored RTCP, packets before the answer, comfort noise, other codecs; dropped
 * @param unsent packets that the network did not take; dropped
 * @param unrecorded packets that found the recorder's queue full
 */
public record MediaStats(
        int sessions,
        int freePorts,
        long received,
        long sent,
        long malformed,
        long foreign,
        long excess,
        long ignored,
        long unsent,
        long unrecorded) {}
