package org.paceline.dialer.call;

/**
 * Why a planned attempt ended as {@code NOT_SENT}: no byte of it could have reached the network. It is no attempt: its lead
 * goes back as it was, and no cap, budget or report counts it.
 */
public enum NotSent {
    /** No local port was free for its audio. */
    NO_RTP_PORT,
    /** The trunk's host has no address, or there is no such trunk. */
    NO_ADDRESS,
    /** The SIP stack or the operating system refused to send the INVITE. */
    SEND_FAILED,
    /** The trunk went down, was blocked or taken out while the attempt was stored. */
    TRUNK_DOWN,
    /** A rule forbids the call by now, for instance a new do-not-call entry. */
    RULE,
    /** The campaign was stopped, taken out or changed while the attempt was stored. */
    CAMPAIGN,
    /** The agent it was for is not free for it any more, or the campaign has none. */
    NO_AGENT,
    /** It was stored so late that there would most likely be no agent for it. */
    TOO_LATE,
    /** The dialer is draining. */
    DRAINING,
    /** It was cancelled before the INVITE. */
    CANCELLED
}
