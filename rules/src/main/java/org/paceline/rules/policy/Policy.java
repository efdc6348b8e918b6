package org.paceline.rules.policy;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.Territory;
import org.paceline.rules.calendar.CallingHours;

/**
 * The terms of one regulation, as data with a citation. They are never legal advice.
 *
 * @param id name that campaigns use: {@code us-federal}
 * @param title one line for people
 * @param citation the source of the whole
 * @param checked when the figures were last compared with the source
 * @param hours when people may be called; null for any time
 * @param caps how often people may be called
 * @param blocked numbers that may never be called
 * @param abandonment the terms on abandoned calls; null where it has none
 * @param duties the other duties that it sets
 * @param appliesTo the numbers that it binds; null for all
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
        Duties duties,
        @Nullable Territory appliesTo) {

    /**
     * The duties that a policy sets for a campaign; each is the citation of the duty, or null where there is none.
     *
     * @param recording every call is recorded ({@code record.required})
     * @param recordingNotice people who are recorded are told so before ({@code record.notice})
     * @param script agents read from an approved script ({@code script.fixed})
     * @param leadName a lead without a name is not dialled ({@code list.screened})
     * @param classOfService the campaign says how far it may call ({@code class-of-service})
     * @param consent only people who consented are called ({@code consent})
     */
    public record Duties(
            @Nullable String recording,
            @Nullable String recordingNotice,
            @Nullable String script,
            @Nullable String leadName,
            @Nullable String classOfService,
            @Nullable Consent consent) {
        public static final Duties NONE = new Duties(null, null, null, null, null, null);
    }

    /**
     * The duty to call only people who consented.
     *
     * @param from the first day of the duty, at the called party's place
     */
    public record Consent(LocalDate from, String citation) {}

    public Policy {
        caps = List.copyOf(caps);
    }
}
