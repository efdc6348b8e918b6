package org.paceline.dialer.state;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.agent.TimeInStates;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.time.Timers;

/**
 * One agent and the state machine of a shift. State changes go through {@link Floor}, which keeps the queues right.
 *
 * <p>Thread: engine only.
 */
public final class Agent {
    /** How many calls back a word may still come. */
    private static final int CALLS_KEPT = 5;

    private final AgentId id;
    private final long[] spentNanos = new long[AgentState.values().length];

    private AgentState state = AgentState.SIGNED_OUT;
    private @Nullable String reason;
    private Moment since;
    private Set<CampaignId> campaigns = Set.of();
    private @Nullable AgentAddress rungAt;
    private Set<CampaignId> serves = Set.of();
    private Map<CampaignId, String> leftOut = Map.of();
    private @Nullable CallId call;
    private @Nullable CallId expecting;
    private boolean keptFree;
    private @Nullable Intent intent;
    private final ArrayDeque<Call> talkedOn = new ArrayDeque<>(CALLS_KEPT);
    private @Nullable Limit over;
    private Map<Limit, Long> passed = Map.of();
    private long limitTimer = Timers.NONE;
    private long lineTimer = Timers.NONE;
    private long signedInAtEpochMillis;
    private long callsTaken;
    private long chargedDay;
    private int chargedToday;
    private long loadDay;
    private int callsToday;
    private long talkNanosToday;
    private @Nullable Pause pause;
    private long pausedAtNanos;
    private boolean pauseIsOver;
    private long breakDay;
    private long breakNanosToday;

    /** What comes when the call and its wrap-up are over, or the line is up again. */
    public sealed interface Intent {
        /** Takes customers. */
        record ReadyNext() implements Intent {}

        /** Pauses. */
        record PauseNext(Pause pause) implements Intent {}

        /** Signs out. */
        record SignOutNext() implements Intent {}
    }

    Agent(AgentId id, Moment since) {
        this.id = id;
        this.since = since;
    }

    @SuppressWarnings("EnumOrdinal") // within one run; snapshots read it for ten thousand agents
    void enter(AgentState next, @Nullable String why, Moment now) {
        if (state != AgentState.SIGNED_OUT) {
            spentNanos[state.ordinal()] += now.nanos() - since.nanos();
        }
        state = next;
        over = null;
        reason = why;
        since = now;
    }

    void campaigns(Set<CampaignId> asked, Map<CampaignId, String> without) {
        campaigns = Collections.unmodifiableSet(sorted(asked));
        leaveOut(without);
    }

    void leaveOut(Map<CampaignId, String> without) {
        Set<CampaignId> served = sorted(campaigns);
        served.removeAll(without.keySet());
        serves = Collections.unmodifiableSet(served);
        leftOut = Collections.unmodifiableMap(without);
    }

    private static Set<CampaignId> sorted(Set<CampaignId> campaigns) {
        Set<CampaignId> sorted = new TreeSet<>(Comparator.comparing(CampaignId::value)); // the same order in every run
        sorted.addAll(campaigns);
        return sorted;
    }

    public AgentId id() {
        return id;
    }

    public AgentState state() {
        return state;
    }

    public @Nullable String reason() {
        return reason;
    }

    public Moment since() {
        return since;
    }

    /** The campaigns signed in to. */
    public Set<CampaignId> campaigns() {
        return campaigns;
    }

    /** Where the phone is called for each customer, or null for an agent with a standing line. */
    public @Nullable AgentAddress rungAt() {
        return rungAt;
    }

    public void rungAt(@Nullable AgentAddress phone) {
        rungAt = phone;
    }

    /** Of {@link #campaigns}, those whose calls the agent gets. */
    public Set<CampaignId> serves() {
        return serves;
    }

    /** The others, with the reason. */
    public Map<CampaignId, String> leftOut() {
        return leftOut;
    }

    /** The call that the agent is reserved for or talks on, or null. */
    public @Nullable CallId call() {
        return call;
    }

    public void call(@Nullable CallId taken) {
        call = taken;
    }

    /** The call placed for this agent, or null. */
    public @Nullable CallId expecting() {
        return expecting;
    }

    /** Whether no other customer may have this agent before the call placed for it is over. */
    public boolean isKeptFree() {
        return keptFree;
    }

    /** Busy with a customer, and will take another one after that. */
    boolean takesNextCustomer() {
        boolean isBusy = state == AgentState.RESERVED || state == AgentState.TALKING || state == AgentState.WRAP_UP;
        return isBusy && (intent == null || intent instanceof Intent.ReadyNext);
    }

    void expecting(CallId placed, boolean keepsFree) {
        expecting = placed;
        keptFree = keepsFree;
    }

    void expectsNone() {
        expecting = null;
        keptFree = false;
    }

    public @Nullable Intent intent() {
        return intent;
    }

    public void intent(@Nullable Intent next) {
        intent = next;
    }

    /** The call talked on last, now or before, or null. */
    public @Nullable Call lastCall() {
        return talkedOn.peekFirst();
    }

    /** One of the last calls talked on, the present one included, or null where it is none of them. */
    public @Nullable Call talkedOn(CallId named) {
        for (Call candidate : talkedOn) {
            if (candidate.id().equals(named)) {
                return candidate;
            }
        }
        return null;
    }

    public void talksOn(Call begun) {
        if (talkedOn.size() == CALLS_KEPT) {
            talkedOn.removeLast();
        }
        talkedOn.addFirst(begun);
    }

    /** The limit that the running state went over, or null. */
    public @Nullable Limit over() {
        return over;
    }

    public void passes(Limit limit) {
        over = limit;
        Map<Limit, Long> counts = new EnumMap<>(Limit.class);
        counts.putAll(passed);
        counts.merge(limit, 1L, Long::sum);
        passed = Collections.unmodifiableMap(counts);
    }

    /** The running state is still over that limit: it was counted before. */
    public void over(Limit limit) {
        over = limit;
    }

    /** How often each limit was passed in this run; the map never changes. */
    public Map<Limit, Long> limitsPassed() {
        return passed;
    }

    /** Watches the length of the running state. */
    public long limitTimer() {
        return limitTimer;
    }

    public void limitTimer(long timer) {
        limitTimer = timer;
    }

    /** Watches how long the line is down. */
    public long lineTimer() {
        return lineTimer;
    }

    public void lineTimer(long timer) {
        lineTimer = timer;
    }

    /** When the shift began, epoch milliseconds. */
    public long signedInAt() {
        return signedInAtEpochMillis;
    }

    public void signedInAt(long epochMillis) {
        signedInAtEpochMillis = epochMillis;
    }

    public long callsTaken() {
        return callsTaken;
    }

    public void countCallTaken(long day) {
        callsTaken++;
        beginLoad(day);
        callsToday++;
    }

    public void addTalk(long day, long nanos) {
        beginLoad(day);
        talkNanosToday += nanos;
    }

    private void beginLoad(long day) {
        if (day != loadDay) {
            loadDay = day;
            callsToday = 0;
            talkNanosToday = 0;
        }
    }

    /** Calls that the agent began to talk on that local day. */
    public int callsOn(long day) {
        return day == loadDay ? callsToday : 0;
    }

    /** Time in talks that ended on that local day, milliseconds. */
    public long talkMillisOn(long day) {
        return day == loadDay ? talkNanosToday / 1_000_000 : 0;
    }

    /** The database may know of more than this run. */
    void learn(long day, AgentDay known) {
        charge(day, Math.max(0, known.attempts() - chargedOn(day)));
        beginLoad(day);
        callsToday = Math.max(callsToday, known.calls());
        talkNanosToday = Math.max(talkNanosToday, known.talkMillis() * 1_000_000);
    }

    /** Attempts charged on that local day (days since 1970-01-01). */
    public int chargedOn(long day) {
        return day == chargedDay ? chargedToday : 0;
    }

    void charge(long day, int attempts) {
        chargedToday = (int) Math.min(Integer.MAX_VALUE / 2, (long) chargedOn(day) + attempts);
        chargedDay = day;
    }

    void uncharge(long day) {
        if (day == chargedDay && chargedToday > 0) {
            chargedToday--;
        }
    }

    /** The pause that the agent is in, or will be in again once the line is up, or null. */
    public @Nullable Pause pause() {
        return pause;
    }

    public long pausedAtNanos() {
        return pausedAtNanos;
    }

    public void beginPause(Pause begun, long nanos) {
        pause = begun;
        pausedAtNanos = nanos;
        pauseIsOver = false;
    }

    /** Whether the pause went over its limit. */
    public boolean pauseIsOver() {
        return pauseIsOver;
    }

    public void pauseGoesOver() {
        pauseIsOver = true;
    }

    public void endPause() {
        pause = null;
    }

    /** Time in breaks that ended on that local day, milliseconds. */
    public long breakMillisOn(long day) {
        return day == breakDay ? breakNanosToday / 1_000_000 : 0;
    }

    /** The same with the running break. */
    public long breakMillisOn(long day, long nowNanos) {
        long running = pause != null && pause.isBreak() ? (nowNanos - pausedAtNanos) / 1_000_000 : 0;
        return breakMillisOn(day) + running;
    }

    public void addBreak(long day, long nanos) {
        breakNanosToday = (day == breakDay ? breakNanosToday : 0) + nanos;
        breakDay = day;
    }

    /** Time in each state, the running one included; time signed out does not count. */
    @SuppressWarnings("EnumOrdinal") // as above
    public TimeInStates spent(Moment now) {
        long[] nanos = spentNanos.clone();
        if (state != AgentState.SIGNED_OUT) {
            nanos[state.ordinal()] += now.nanos() - since.nanos();
        }
        return TimeInStates.ofNanos(nanos);
    }
}
