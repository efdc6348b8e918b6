package org.paceline.dialer.pacing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.forecast.CallForecast.Dial;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.trunk.TrunkCapacity;

/**
 * Equal risk with debt control: one more call is placed while the chance that it is one too many once it is answered is
 * below a price, and the price follows what is left of the limit of abandoned calls. Calls that have rung for long are
 * given up when there would most likely be no agent for them.
 *
 * <p>It decides after every change while the team is small, and every half second in any case.
 */
final class PredictivePacer implements Pacer {
    private static final long DECIDE_NANOS = 500_000_000L;
    private static final double DECIDE_SECONDS = DECIDE_NANOS / 1e9;
    private static final int LARGE_TEAM = 500;

    /** The shortest time between two decisions for a large team that waits for a trunk. */
    private static final long LARGE_TEAM_NANOS = 50_000_000L;

    /** The size of a team up to which the risk is computed exactly. */
    private static final int EXACT_TEAM = 20;

    /**
     * A part of the price. While the risk is below it, the leads that are most likely to answer are dialled; above
     * it, those that are least likely. The former bring answers that are soon and sure; the latter fill the rest in
     * small steps.
     */
    private static final double FAR_FROM_PRICE = 1 / 3.0;

    private static final double RISK_OF_GIVING_UP = 0.9;
    private static final int SOON = 10;

    private final Outlook outlook;
    private final AbandonmentPrice price = new AbandonmentPrice();
    private final OverloadRisk overload = new OverloadRisk();
    private final Outlook.Next next = new Outlook.Next();
    private final Set<Dial> givenUp = new LinkedHashSet<>();

    private long decidedNanos = Long.MIN_VALUE;
    private long seen = Long.MIN_VALUE;
    private int planned;
    private boolean heldBack;
    private long placedBefore;
    private List<CallId> risky = List.of();
    private @Nullable PacingState state;

    private double soonFree;
    private double soonAnswered;
    private int ringing;

    PredictivePacer(Outlook outlook) {
        this.outlook = outlook;
    }

    @Override
    public int callsToPlace(Situation situation) {
        risky = List.of();
        situation.calls().advance(situation.nowNanos());
        situation.callsOfSharing().forEach(other -> other.advance(situation.nowNanos()));
        if (isDue(situation)) {
            decide(situation);
            decidedNanos = situation.nowNanos();
            placedBefore = situation.calls().placed();
        }
        return toPlace(situation);
    }

    private int toPlace(Situation situation) {
        return (int) Math.max(0, planned - (situation.calls().placed() - placedBefore));
    }

    @Override
    public boolean isHeldBack() {
        return heldBack;
    }

    @Override
    public List<CallId> callsToGiveUp(Situation situation) {
        return risky;
    }

    /** A call is still wanted as long as it would not be given up if it rang. */
    @Override
    public boolean stillWants(Situation situation) {
        situation.calls().advance(situation.nowNanos());
        situation.callsOfSharing().forEach(other -> other.advance(situation.nowNanos()));
        givenUp.clear();
        reckon(situation, situation.agentsReady() - situation.callsWaiting());
        return overload.risk(1) <= Math.min(RISK_OF_GIVING_UP, 2 * price.price());
    }

    @Override
    public void answered(AbandonmentBooks after) {
        price.answered(after);
    }

    @Override
    public double price() {
        return price.own();
    }

    @Override
    public @Nullable PacingState state() {
        return state;
    }

    private boolean isDue(Situation situation) {
        if (decidedNanos == Long.MIN_VALUE || situation.nowNanos() - decidedNanos >= DECIDE_NANOS) {
            seen = seen(situation);
            return true;
        }
        boolean isLarge = situation.agentsSignedIn() >= LARGE_TEAM;
        boolean hasRoomAgain =
                heldBack && toPlace(situation) == 0 && situation.trunkCapacity().within(DECIDE_SECONDS) > 0;
        if (isLarge) {
            return hasRoomAgain && situation.nowNanos() - decidedNanos >= LARGE_TEAM_NANOS;
        }
        long before = seen;
        seen = seen(situation);
        return hasRoomAgain || seen != before;
    }

    /**
     * Returns a value that changes with agents and with calls that are answered or over, but not with calls that are
     * placed.
     */
    private static long seen(Situation situation) {
        long calls = situation.callsUnassigned() - situation.calls().placed();
        return ((calls * 1_000_003 + situation.agentsReady()) * 1_000_003 + situation.callsWaiting()) * 1_000_003
                + situation.agentsSignedIn();
    }

    private void decide(Situation situation) {
        int free = situation.agentsReady() - situation.callsWaiting();
        price.update(situation);
        givenUp.clear();
        reckon(situation, free);
        giveUpRisky(situation, free);
        risky = givenUp.stream().map(Dial::call).toList();
        int most = mostCalls(situation) - situation.callsUnassigned();
        heldBack = false;
        TrunkCapacity capacity = situation.trunkCapacity();
        int placeable = capacity.within(DECIDE_SECONDS);
        double risk;
        String why;
        if (price.isReserving()) {
            int wanted = Math.clamp((long) free - ringing, 0, Math.max(0, most));
            planned = Math.min(wanted, placeable);
            heldBack = wanted > planned;
            risk = overload.risk(1);
            why = price.own() > 0
                    ? "a campaign that shares the agents is near its limit of abandoned calls: one call for each free agent"
                    : "the limit of abandoned calls is near: one call for each free agent";
        } else {
            risk = launch(situation, Math.min(most, placeable));
            if (planned == placeable && placeable < most && outlook.next(situation, planned, true, next)) {
                risk = overload.marginal(next);
                heldBack = risk <= price.price();
            }
            why = risk > price.price()
                    ? "one more call would have too high a risk of finding no agent"
                    : "as many calls as the lines for each agent allow are under way";
        }
        if (heldBack) {
            why = placeable < capacity.calls() ? rateLimit(capacity) : situation.capacityLimit();
        }
        state = new PacingState(
                free,
                soonFree,
                ringing,
                soonAnswered,
                situation.calls().answerRate(),
                Math.sqrt(situation.calls().answerRateVariance()),
                price.price(),
                risk,
                price.debt(),
                situation.abandonments().tightest().abandonsLeft(),
                why);
    }

    private static String rateLimit(TrunkCapacity capacity) {
        double rate = Math.rint(capacity.callsPerSecond() * 1_000) / 1_000;
        return "trunks take " + (rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate))
                + " new calls a second";
    }

    private static int mostCalls(Situation situation) {
        return (int)
                (situation.agentsSignedIn() * situation.settings().predictive().maxLinesPerAgent());
    }

    /** @return the risk of the first call that is too risky to place; otherwise that of the last call placed */
    private double launch(Situation situation, int most) {
        double risk = 0;
        for (planned = 0; planned < most; planned++) {
            // Any lead serves here, because the risk counts only once it answers: the law of the last one is used.
            boolean isFarFromPrice = overload.marginal(next) < FAR_FROM_PRICE * price.price();
            if (!outlook.next(situation, planned, isFarFromPrice, next)) {
                return risk;
            }
            risk = overload.marginal(next);
            if (risk > price.price()) {
                return risk;
            }
            overload.call(next.within, next.slope, situation.calls().answerRateVariance());
            overload.weigh();
        }
        return risk;
    }

    private void reckon(Situation situation, int free) {
        overload.begin(free, situation.agentsSignedIn(), situation.agentsSignedIn() <= EXACT_TEAM);
        soonFree = 0;
        soonAnswered = 0;
        ringing = 0;
        outlook.agents(situation, within -> {
            soonFree += within[SOON - 1];
            overload.agent(within);
        });
        outlook.calls(situation, (own, within, slope, variance) -> {
            if (own == null || !givenUp.contains(own)) {
                ringing++;
                soonAnswered += within[SOON - 1];
                overload.call(within, slope, variance);
            }
        });
        overload.weigh();
    }

    /** Gives up the calls that have rung longest, until there would be an agent for the others. */
    private void giveUpRisky(Situation situation, int free) {
        double limit = Math.min(RISK_OF_GIVING_UP, 2 * price.price());
        if (!situation.settings().predictive().cancelsRiskyCalls() || overload.risk(1) <= limit) {
            return;
        }
        for (Ringing longest : givable(situation)) {
            if (overload.risk(1) <= limit) {
                return;
            }
            givenUp.add(longest.dial);
            if (overload.isExact()) {
                reckon(situation, free);
            } else {
                ringing--;
                soonAnswered -= longest.within[SOON - 1];
                overload.withoutCall(longest.within, longest.slope);
                overload.weigh();
            }
        }
    }

    /** Returns the campaign's calls that have rung long enough to be given up, the longest first. */
    private List<Ringing> givable(Situation situation) {
        List<Ringing> givable = new ArrayList<>();
        long least = leastRingNanos(situation);
        outlook.calls(situation, (own, within, slope, _) -> {
            if (own != null && own.rungNanos(situation.nowNanos()) >= least) {
                givable.add(new Ringing(own, within.clone(), slope.clone()));
            }
        });
        givable.sort(Comparator.comparingLong((Ringing call) -> -call.dial.rungNanos(situation.nowNanos()))
                .thenComparingLong(call -> call.dial.call().value()));
        return givable;
    }

    private static long leastRingNanos(Situation situation) {
        long longest = situation.settings().predictive().minRingMillis();
        for (AbandonmentLedger ledger : situation.abandonments().ledgers()) {
            longest = Math.max(longest, ledger.terms().minimumRingMillis());
        }
        return longest * 1_000_000;
    }

    /** A call that may be given up, with its chances. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ringing(Dial dial, double[] within, double[] slope) {}
}
