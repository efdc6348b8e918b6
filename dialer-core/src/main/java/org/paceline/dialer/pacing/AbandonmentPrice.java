package org.paceline.dialer.pacing;

import java.util.HashMap;
import java.util.Map;
import org.paceline.dialer.forecast.CallForecast;
import org.paceline.rules.AbandonmentTerms;

/**
 * The risk that one more call may have: its price. It rises while fewer calls are abandoned than the limit allows, and
 * falls while more are. The debt of a ledger is the number of abandoned calls that its answered calls allow, less those
 * that were abandoned; the price follows the debt and, slowly, the sum of the debt. Near the limit, whatever the price,
 * calls are placed only for agents who are free. Abandoned calls that the limit still allows at the end of a window are
 * of no use, but one too many does harm: so the aim is a few calls below the limit.
 *
 * <p>Thread: engine only.
 */
final class AbandonmentPrice {
    /** The share of the limit from which calls are placed only for free agents. */
    private static final double GUARD = 0.0298 / 0.03;

    /**
     * How many abandoned calls below the limit the aim is, because dialling only for free agents costs more than these
     * calls bring. A small team with a low limit aims less far below it ({@link #LEAST_AIM}), a large team a little
     * farther ({@link #MOST_AIM}).
     */
    private static final double AIMED_BELOW = 4.5;

    private static final double LEAST_AIM = 0.8;
    private static final double MOST_AIM = 0.0292 / 0.03;

    /** The first price by the limit: a limit of 3 % begins with a price of 3.5 %. */
    private static final double FIRST_PRICE = 0.035 / 0.03;

    private static final double LOWEST = -6;
    private static final double HIGHEST = 3;
    private static final double MOST_GAIN = 0.4;
    private static final double GAIN = 9.5;
    private static final double SUM_GAIN = 0.006;

    /** How many calls that ring when the guard begins may still be abandoned. */
    private static final double RINGING_ABANDONS = 2.5;

    /**
     * How many answers that are still to come may be counted on, at the start of a window, to make good what was
     * abandoned. Later in the window more of them may ({@link #BORROWED_TIMES_ANSWERED}).
     */
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

    /** The price by the campaign's own ledgers alone; 0 where calls may be placed only for free agents. */
    double own() {
        return own;
    }

    /** The debt of the ledger with the lowest price, in calls. */
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

    /**
     * Lowers the price to the lowest of the campaigns that share the agents, because a call takes an agent from their
     * ringing calls too.
     */
    private void share(double lowest) {
        price = Math.min(price, lowest);
        reserving |= lowest <= 0;
    }

    private static double expectedAnswers(CallForecast calls) {
        return calls.answerRate() * calls.inFlight().size();
    }

    /**
     * Estimates how many answers the rest of the day will bring: from the team's size at first, then from what the day
     * brought so far.
     */
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

    /** The logarithm of the price divided by the first price. */
    private double raw(AbandonmentLedger ledger) {
        double gain = Math.min(MOST_GAIN, GAIN / Math.sqrt(answersInWindow(ledger)));
        return gain * debt(ledger) + SUM_GAIN * gain * gain * sums.getOrDefault(ledger.terms(), 0.0);
    }

    /** How many answers a whole window will have, at least 1. */
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
