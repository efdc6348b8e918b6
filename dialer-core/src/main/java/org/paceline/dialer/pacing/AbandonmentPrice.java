package org.paceline.dialer.pacing;

import java.util.HashMap;
import java.util.Map;
import org.paceline.dialer.forecast.CallForecast;
import org.paceline.rules.AbandonmentTerms;

/**
 * What risk one more call may have: it rises while fewer calls are abandoned than the limit lets, and falls while more are.
 * The debt of a ledger is what its answered calls earned of the limit less what was abandoned; the price follows the debt and,
 * slowly, its sum. Near the limit, whatever the price, calls are placed only for agents who are free. What is left of the limit at
 * the end of a window is of no use, but a call too many is: a few calls less are aimed at.
 *
 * <p>Thread: engine only.
 */
final class AbandonmentPrice {
    /** Of the limit at which calls are placed only for free agents. */
    private static final double GUARD = 0.0298 / 0.03;

    /**
     * So many abandoned calls less than the limit are aimed at: to dial only for free agents costs more than they bring. Of a small
     * team's limit not all of it, of a large one's a little more.
     */
    private static final double AIMED_BELOW = 4.5;

    private static final double LEAST_AIM = 0.8;
    private static final double MOST_AIM = 0.0292 / 0.03;

    /** A limit of 3 % begins with a price of 3.5 %. */
    private static final double FIRST_PRICE = 0.035 / 0.03;

    private static final double LOWEST = -6;
    private static final double HIGHEST = 3;
    private static final double MOST_GAIN = 0.4;
    private static final double GAIN = 9.5;
    private static final double SUM_GAIN = 0.006;

    /** Calls that ring when the guard begins may be abandoned yet. */
    private static final double RINGING_ABANDONS = 2.5;

    /** Answers that are still to come may make good what was abandoned, but early in a window not all of them. */
    private static final double BORROWED_ANSWERS = 100;

    private static final double BORROWED_TIMES_ANSWERED = 2;

    private static final double TRUSTED_OF_FORECAST = 0.8;
    private static final double DAY_MILLIS = 86_400_000;
    private static final double WORKING_DAYS = 5 / 7.0;
    private static final long NIGHT_NANOS = 4 * 3_600_000_000_000L;
    private static final double TRUSTED_SECONDS = 1_800;

    private final Map<AbandonmentTerms, Double> sums = new HashMap<>();
    private double maxRatio = 1;
    private double aggressiveness = 1;
    private double answersPerSecond;
    private double answersADay;
    private double daySecondsLeft;
    private double own;
    private double price;
    private double debt;
    private boolean reserving;
    private long dayBeganNanos = Long.MIN_VALUE;
    private long seenNanos;
    private long answersBeforeToday;

    /** The risk that one more call may have, 0 to 1. */
    double price() {
        return price;
    }

    /** The same by the campaign's own ledgers alone; 0 where calls may be placed only for free agents. */
    double own() {
        return own;
    }

    /** Of the ledger with the lowest price, calls. */
    double debt() {
        return debt;
    }

    /** Whether calls may be placed only for agents who are free. */
    boolean isReserving() {
        return reserving;
    }

    void answered(AbandonmentBooks books) {
        for (AbandonmentLedger ledger : books.ledgers()) {
            double owed = debt(ledger);
            double raw = raw(ledger);
            if (!(raw >= HIGHEST && owed > 0) && !(raw <= LOWEST && owed < 0)) {
                sums.merge(ledger.terms(), owed, Double::sum);
            }
        }
    }

    void update(Situation situation) {
        PacingSettings.Predictive settings = situation.settings().predictive();
        maxRatio = settings.maxAbandonmentRatio();
        aggressiveness = settings.aggressiveness();
        foresee(situation, settings.dayMillis() / 1e3);
        sums.keySet()
                .retainAll(situation.abandonments().ledgers().stream()
                        .map(AbandonmentLedger::terms)
                        .toList());
        price = 1;
        reserving = false;
        double ringing = expectedAnswers(situation.calls());
        for (AbandonmentLedger ledger : situation.abandonments().ledgers()) {
            double of = limit(ledger) * FIRST_PRICE * Math.exp(Math.clamp(raw(ledger), LOWEST, HIGHEST));
            if (of <= price) {
                price = of;
                debt = debt(ledger);
            }
            reserving |= isNear(ledger, ringing);
        }
        own = reserving ? 0 : price;
        share(situation.lowestPriceOfSharing());
    }

    /** A call takes an agent from the ringing calls of the campaigns that share the agents: the lowest price holds for all. */
    private void share(double lowest) {
        price = Math.min(price, lowest);
        reserving |= lowest <= 0;
    }

    private static double expectedAnswers(CallForecast calls) {
        return calls.answerRate() * calls.inFlight().size();
    }

    /** How many answers the rest of the day will bring: by the team's size at first, then by what the day brought so far. */
    private void foresee(Situation situation, double daySeconds) {
        long now = situation.nowNanos();
        CallForecast calls = situation.calls();
        if (dayBeganNanos == Long.MIN_VALUE || now - seenNanos > NIGHT_NANOS) {
            dayBeganNanos = now;
            answersBeforeToday = calls.answers();
        }
        if (!calls.inFlight().isEmpty()) {
            seenNanos = now;
        }
        double elapsed = (now - dayBeganNanos) / 1e9;
        double byTeam = situation.agentsSignedIn() / Math.max(1, situation.meanServiceSeconds());
        double soFar = calls.answers() - answersBeforeToday;
        answersPerSecond = (soFar + byTeam * TRUSTED_SECONDS) / (elapsed + TRUSTED_SECONDS);
        answersADay = answersPerSecond * daySeconds;
        daySecondsLeft = Math.max(0, daySeconds - elapsed);
    }

    private double limit(AbandonmentLedger ledger) {
        return Math.min(ledger.terms().limitRatio(), maxRatio) * aggressiveness;
    }

    private double debt(AbandonmentLedger ledger) {
        double aim = Math.clamp(GUARD - AIMED_BELOW / (limit(ledger) * answersInWindow(ledger)), LEAST_AIM, MOST_AIM);
        return aim * limit(ledger) * ledger.answered() - ledger.abandoned();
    }

    /** Logarithm of the price by its first one. */
    private double raw(AbandonmentLedger ledger) {
        double gain = Math.min(MOST_GAIN, GAIN / Math.sqrt(answersInWindow(ledger)));
        return gain * debt(ledger) + SUM_GAIN * gain * gain * sums.getOrDefault(ledger.terms(), 0.0);
    }

    /** How many a whole window will have, at least 1. */
    private double answersInWindow(AbandonmentLedger ledger) {
        double days = ledger.terms().window().longestMillis() / DAY_MILLIS;
        double inWindow = answersADay * (days > 1 ? Math.max(1, days * WORKING_DAYS) : Math.min(1, days * 3));
        return Math.max(1, Math.max((double) ledger.answered(), inWindow));
    }

    private boolean isNear(AbandonmentLedger ledger, double ringing) {
        double left = Math.min(daySecondsLeft, ledger.terms().window().longestMillis() / 1e3);
        double toCome = TRUSTED_OF_FORECAST * left * answersPerSecond;
        double borrowed = Math.min(toCome, BORROWED_ANSWERS + BORROWED_TIMES_ANSWERED * ledger.answered());
        double answers = ledger.answered() + borrowed;
        double limit = Math.min(ledger.terms().limitRatio(), maxRatio);
        return ledger.abandoned() + RINGING_ABANDONS + limit * ringing > GUARD * limit * answers;
    }
}
