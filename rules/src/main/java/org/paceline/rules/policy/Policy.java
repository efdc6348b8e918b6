package org.paceline.rules.policy;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.calendar.CallingHours;

/**
 * What one regulation allows. Data with a citation, never legal advice.
 *
 * @param id name that campaigns use: {@code us-federal}
 * @param title one line for people
 * @param citation where it stands as a whole
 * @param checked when the figures were last compared with the source
 * @param hours when people may be called; null for any time
 * @param caps how often
 * @param blocked whom never
 * @param abandonment the terms of abandoned calls; null where it says nothing
 * @param recordingRequired citation of the duty to record every call, or null where there is none
 */
public record Policy(
        String id,
        String title,
        String citation,
        LocalDate checked,
        @Nullable CallingHours hours,
        List<Cap> caps,
        BlockedNumbers blocked,
        @Nullable AbandonmentTerms abandonment,
        @Nullable String recordingRequired) {

    public Policy {
        caps = List.copyOf(caps);
    }
}
