package org.paceline.dialer.campaign;

/**
 * How long a campaign's talks, the work after them and the rings before them may take.
 *
 * @param wrapUpMillis how long an agent has after a call; 0 for none
 * @param wrapUpStays whether an agent whose wrap-up is over its limit stays in it and is shown as over the limit,
 * instead of becoming ready
 * @param talkWarnMillis agent and supervisor are warned of a talk that lasts so long; 0 for never
 * @param talkEndMillis a talk that lasts so long is ended; 0 for never
 * @param ringMillis how long the phone of an agent without a standing line may ring for a customer, at least 1
 */
public record AgentTerms(
        long wrapUpMillis, boolean wrapUpStays, long talkWarnMillis, long talkEndMillis, long ringMillis) {
    /** The usual ring limit: three rings. */
    public static final long USUAL_RING_MILLIS = 15_000;

    public AgentTerms {
        if (wrapUpMillis < 0 || talkWarnMillis < 0 || talkEndMillis < 0) {
            throw new IllegalArgumentException("wrapUpMillis=" + wrapUpMillis + " talkWarnMillis=" + talkWarnMillis
                    + " talkEndMillis=" + talkEndMillis + ": none may be below 0");
        }
        if (ringMillis < 1) {
            throw new IllegalArgumentException("ringMillis=" + ringMillis + ": must be at least 1");
        }
    }

    /** Terms without a limit on talks, with a wrap-up that ends after its time, and with three rings. */
    public static AgentTerms wrapUp(long millis) {
        return new AgentTerms(millis, false, 0, 0, USUAL_RING_MILLIS);
    }
}
