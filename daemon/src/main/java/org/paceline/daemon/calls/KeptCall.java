package org.paceline.daemon.calls;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Greeting;

/**
 * Everything that is kept of a call. Times are epoch milliseconds, 0 where that never happened.
 *
 * @param name the lead's name, or null
 * @param e164 the number called, digits without {@code +}
 * @param matter what the call was about, or null
 * @param outcome an {@link org.paceline.dialer.call.Outcome}, or a newer version's word; null while the call lasts
 * @param sipStatus final SIP status, or 0 where there was none
 * @param agent the agent who talked, or null
 * @param said the agent's disposition, or null
 * @param script the version that the agent read from, or null
 * @param greeting the called party's first words, where a policy's clock runs from them
 */
public record KeptCall(
        long id,
        long lead,
        @Nullable String name,
        long e164,
        String campaign,
        @Nullable String matter,
        String trunk,
        long callerId,
        Times times,
        @Nullable String outcome,
        int sipStatus,
        @Nullable String agent,
        @Nullable Said said,
        @Nullable String script,
        Greeting greeting) {

    /**
     * An agent's disposition.
     *
     * @param meaning what the dialer made of it: a {@link org.paceline.dialer.campaign.Disposition.Meaning}, or the
     *     word of a newer version
     */
    public record Said(String name, String meaning) {}

    public record Times(long planned, long dialled, long ringing, long answered, long connected, long ended) {}

    /** @param complete whether it has all of the talk */
    public record Recording(String path, long bytes, long millis, boolean complete) {}

    /** @param by who wrote it, {@code agent:alice} */
    public record Note(long atEpochMillis, String by, String text) {}

    /**
     * What other tables have of a call.
     *
     * @param notes in the order in which they were written
     * @param callbacks promises that it kept
     */
    public record Links(List<Recording> recordings, List<Note> notes, List<Long> complaints, List<Long> callbacks) {}
}
