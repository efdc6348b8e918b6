package org.paceline.dialer.state;

import java.util.EnumMap;
import java.util.Map;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.rules.RuleId;

/**
 * A campaign's totals since the start of the daemon.
 *
 * <p>Thread: engine only.
 */
public final class CampaignTotals {
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<NotSent, Long> notSent = new EnumMap<>(NotSent.class);
    private final Map<RuleId, Long> refusals = new EnumMap<>(RuleId.class);
    private long attempts;
    private long answered;
    private long abandoned;

    CampaignTotals() {}

    void answered() {
        answered++;
    }

    void abandoned() {
        abandoned++;
    }

    void ended(Outcome outcome) {
        attempts++;
        outcomes.merge(outcome, 1L, Long::sum);
    }

    void refused(RuleId rule) {
        refusals.merge(rule, 1L, Long::sum);
    }

    void notSent(NotSent why) {
        notSent.merge(why, 1L, Long::sum);
    }

    /** Attempts that ended. */
    public long attemptsEnded() {
        return attempts;
    }

    public long callsAnswered() {
        return answered;
    }

    public long callsAbandoned() {
        return abandoned;
    }

    /** Attempts that ended, by outcome; a copy. */
    public Map<Outcome, Long> byOutcome() {
        return Map.copyOf(outcomes);
    }

    /** Planned attempts that were not sent, by reason; a copy. */
    public Map<NotSent, Long> byNotSent() {
        return Map.copyOf(notSent);
    }

    /** Dials refused, by rule; a copy. */
    public Map<RuleId, Long> byRule() {
        return Map.copyOf(refusals);
    }
}
