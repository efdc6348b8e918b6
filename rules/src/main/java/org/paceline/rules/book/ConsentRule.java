package org.paceline.rules.book;

import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.LeadFacts;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** Requires, from a given day on, that only people are called who consented before the call. */
record ConsentRule(String source, LocalDate from, String citation) implements Rule {

    @Override
    public RuleId id() {
        return RuleId.CONSENT;
    }

    @Override
    public String figure() {
        return "only with consent, from " + from;
    }

    @Override
    public boolean isByZone() {
        return true;
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        long consent = request.lead().consentEpochMillis();
        boolean isGiven = consent != LeadFacts.NEVER && consent <= request.atEpochMillis();
        if (isGiven || !isInForce(request)) {
            return null;
        }
        return consent == LeadFacts.NEVER
                ? refused("no consent of the called party is known", Refused.NEVER)
                : refused("the called party's consent begins later", consent);
    }

    private boolean isInForce(DialRequest request) {
        for (ZoneId zone : request.number().zones()) {
            if (request.atEpochMillis() >= from.atStartOfDay(zone).toInstant().toEpochMilli()) {
                return true;
            }
        }
        return false;
    }
}
