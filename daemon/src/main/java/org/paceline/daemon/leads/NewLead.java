package org.paceline.daemon.leads;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.lead.LeadKind;
import org.paceline.rules.PhoneNumber;

/**
 * A usable row of a lead file.
 *
 * @param extra the other columns' values as a JSON object, or null when there are none
 * @param segment the segment that tells the list's leads apart in forecasts of answers, or null
 * @param consentAt since when the person consents, epoch milliseconds, or null for never
 */
record NewLead(
        PhoneNumber number,
        @Nullable String name,
        @Nullable String extra,
        int priority,
        @Nullable String grade,
        @Nullable String segment,
        @Nullable Long consentAt,
        LeadKind kind) {}
