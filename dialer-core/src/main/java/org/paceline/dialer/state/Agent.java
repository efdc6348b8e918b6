package org.paceline.dialer.state;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentIntent;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.agent.TimeInStates;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.time.Moment;

/**
 * One agent: the states of a shift and the ways between them. A ready agent waits in the queues of the campaigns that
 * the agent serves.
 *
 * <table> <caption>What brings an agent from state to state</caption>
 * <tr><th>from</th><th>verb</th><th>to</th></tr>
 * <tr><td>SIGNED_OUT</td><td>{@link #signsIn}</td><td>LINE_CONNECTING</td></tr>
 * <tr><td>any but SIGNED_OUT</td><td>{@link #losesLine}</td><td>LINE_CONNECTING</td></tr>
 * <tr><td>LINE_CONNECTING, PAUSED, RESERVED, TALKING, WRAP_UP</td><td>{@link #isReady}</td><td>READY</td></tr>
 * <tr><td>READY</td><td>{@link #isReserved}</td><td>RESERVED</td></tr>
 * <tr><td>RESERVED</td><td>{@link #talks}</td><td>TALKING</td></tr>
 * <tr><td>TALKING</td><td>{@link #wrapsUp}</td><td>WRAP_UP</td></tr>
 * <tr><td>any but SIGNED_OUT</td><td>{@link #pauses}</td><td>PAUSED</td></tr>
 * <tr><td>any but SIGNED_OUT</td><td>{@link #signsOut}</td><td>SIGNED_OUT</td></tr>
 * </table>
 *
 * <p>Each verb throws {@link IllegalStateException} in any other state: an agent who goes another way is a fault of the
 * engine.
 *
 * <p>Thread: engine only.
 */
public final class Agent {
    /** How many of the last calls are kept, because an agent may still say something about them. */
    private static final int CALLS_KEPT = 5;

    private final AgentId id;
    private final Floor floor;
    private final StateTimes times = new StateTimes();
    private final DayLoad load = new DayLoad();

    private AgentState state = AgentState.SIGNED_OUT;
    private @Nullable String reason;
    private Moment since;
    private ServedCampaigns campaigns = ServedCampaigns.NONE;
    private @Nullable AgentAddress rungAt;
    private @Nullable CallId call;
    private @Nullable CallId expecting;
    private boolean keptFree;
    private @Nullable AgentIntent intent;
    private final ArrayDeque<Call> talkedOn = new ArrayDeque<>(CALLS_KEPT);
    private @Nullable Limit over;
    private Map<Limit, Long> passed = Map.of();
    private long signedInAtEpochMillis;
    private long callsTaken;
    private @Nullable RunningPause pause;

    Agent(AgentId id, Floor floor, Moment since) {
        this.id = id;
        this.floor = floor;
        this.since = since;
    }

    // ---- from state to state; each says when, and in which local day of the call centre

    /** @param without the campaigns asked for that the agent does not serve, each with the reason */
    void signsIn(AgentCommand.SignIn asked, Map<CampaignId, String> without, long day, Moment now) {
        demand(state == AgentState.SIGNED_OUT, "sign in");
        campaigns = ServedCampaigns.of(asked.campaigns(), without);
        rungAt = asked.address().line() == LineKind.PER_CALL ? asked.address() : null;
        load.learn(day, asked.today());
        intent = null;
        signedInAtEpochMillis = now.epochMillis();
        floor.begins(this);
        enter(AgentState.LINE_CONNECTING, null, day, now);
    }

    /** The line is down, or still not up. */
    public void losesLine(String why, long day, Moment now) {
        demandShift("lose the line");
        enter(AgentState.LINE_CONNECTING, why, day, now);
    }

    /** @param why what kept the agent from the pause asked for, or null */
    public void isReady(@Nullable String why, long day, Moment now) {
        demandShift("be ready");
        enter(AgentState.READY, why, day, now);
    }

    /** A customer is being joined. */
    public void isReserved(Call taken, long day, Moment now) {
        demand(state == AgentState.READY, "be reserved");
        call = taken.id();
        enter(AgentState.RESERVED, null, day, now);
    }

    /** The customer of the call that the agent is reserved for is there. */
    public void talks(Call begun, long day, Moment now) {
        demand(state == AgentState.RESERVED && begun.id().equals(call), "talk");
        callsTaken++;
        load.beginsTalk(day);
        if (talkedOn.size() == CALLS_KEPT) {
            talkedOn.removeLast();
        }
        talkedOn.addFirst(begun);
        enter(AgentState.TALKING, null, day, now);
    }

    /** The talk is over. */
    public void wrapsUp(long day, Moment now) {
        demand(state == AgentState.TALKING, "wrap up");
        enter(AgentState.WRAP_UP, null, day, now);
    }

    /** The pause begins. A pause that a lost line interrupted goes on: it keeps its begin. */
    public void pauses(Pause begun, long day, Moment now) {
        demandShift("pause");
        enter(AgentState.PAUSED, begun.reason(), day, now);
        if (pause == null || !pause.goesOnAs(begun)) {
            endPause(day, now);
            pause = new RunningPause(begun, now.nanos());
        }
    }

    /** @param why the dialer ended the shift, or null where the agent asked */
    public void signsOut(@Nullable String why, long day, Moment now) {
        demandShift("sign out");
        enter(AgentState.SIGNED_OUT, why, day, now);
        floor.ends(this);
    }

    private void enter(AgentState next, @Nullable String why, long day, Moment now) {
        if (next != AgentState.PAUSED && next != AgentState.LINE_CONNECTING) {
            endPause(day, now);
        }
        if (state == AgentState.TALKING) {
            load.endsTalk(day, now.nanos() - since.nanos());
        }
        tellService(next, now);
        if (next != AgentState.RESERVED && next != AgentState.TALKING && next != AgentState.WRAP_UP) {
            call = null;
        }
        floor.moves(this, state, next);
        times.add(state, now.nanos() - since.nanos());
        state = next;
        over = null;
        reason = why;
        since = now;
        if (next == AgentState.READY) {
            floor.enqueue(this, day);
        }
    }

    /** Tells the customer's campaign how long the agent was busy. */
    private void tellService(AgentState next, Moment now) {
        Call last = talkedOn.peekFirst();
        if (last == null) {
            return;
        }
        ServiceLaw law = last.campaign().service();
        if (state == AgentState.TALKING || state == AgentState.WRAP_UP) {
            law.ends(id, now.nanos());
        }
        if (next == AgentState.TALKING) {
            law.begins(id, ServiceLaw.Phase.TALK, now.nanos());
        } else if (next == AgentState.WRAP_UP) {
            law.begins(id, ServiceLaw.Phase.WRAP_UP, now.nanos());
        }
    }

    private void demandShift(String verb) {
        demand(state != AgentState.SIGNED_OUT, verb);
    }

    private void demand(boolean isPossible, String verb) {
        if (!isPossible) {
            throw new IllegalStateException("agent=" + id + " state=" + state + " call=" + call + ": cannot " + verb);
        }
    }

    // ---- what is said on the way

    /** Says what comes after the call, or when the line is up. */
    public void intends(AgentIntent next) {
        intent = next;
    }

    /** Returns what the agent asked for meanwhile, or null, and forgets it. */
    public @Nullable AgentIntent takeIntent() {
        AgentIntent taken = intent;
        intent = null;
        return taken;
    }

    /**
     * Sets which of the campaigns a signed-in agent does not serve; {@link Floor#requeue} then queues the agents who
     * are ready.
     */
    public void servesAllBut(Map<CampaignId, String> without) {
        floor.dequeue(this);
        floor.countShift(this, -1);
        campaigns = campaigns.allBut(without);
        floor.countShift(this, 1);
    }

    /**
     * A call is placed for this agent.
     *
     * @param keepsFree whether no other customer may have the agent meanwhile
     */
    public void expects(CallId placed, boolean keepsFree) {
        expecting = placed;
        keptFree = keepsFree;
        floor.expects(this);
    }

    /** The call placed for this agent is answered or over; no call is placed for the agent any more. */
    public void expectsNone(long day) {
        boolean wasKeptFree = keptFree;
        expecting = null;
        keptFree = false;
        if (state == AgentState.READY) {
            floor.expectsNone(this, wasKeptFree, day);
        }
    }

    /** The running state went over its limit. */
    public void passes(Limit limit) {
        over = limit;
        Map<Limit, Long> counts = new EnumMap<>(Limit.class);
        counts.putAll(passed);
        counts.merge(limit, 1L, Long::sum);
        passed = Collections.unmodifiableMap(counts);
    }

    /**
     * Marks the pause as longer than it may be.
     *
     * @return whether that is new: a pause is counted once, however often the line is lost during it
     */
    public boolean pausesTooLong() {
        boolean isNew = pause != null && pause.passesLimit();
        if (!isNew) {
            over = Limit.BREAK;
        }
        return isNew;
    }

    /** The pause will not go on when the line is up again. */
    public void endPause(long day, Moment now) {
        if (pause != null && pause.isBreak()) {
            load.endsBreak(day, now.nanos() - pause.beganAtNanos());
        }
        pause = null;
    }

    // ---- what is known

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

    /** The campaigns that the agent signed in to. */
    public Set<CampaignId> campaigns() {
        return campaigns.asked();
    }

    /** The address where the phone is called for each customer, or null for an agent with a standing line. */
    public @Nullable AgentAddress rungAt() {
        return rungAt;
    }

    /** The campaigns whose calls the agent gets, out of {@link #campaigns}. */
    public Set<CampaignId> serves() {
        return campaigns.served();
    }

    /** The campaigns whose calls the agent does not get, each with the reason. */
    public Map<CampaignId, String> leftOut() {
        return campaigns.leftOut();
    }

    /** The call that the agent is reserved for or talks on, or null. */
    public @Nullable CallId call() {
        return call;
    }

    /** The call placed for this agent, or null. */
    public @Nullable CallId expecting() {
        return expecting;
    }

    /** Whether no other customer may have this agent before the call placed for it is over. */
    public boolean isKeptFree() {
        return keptFree;
    }

    /** Whether the agent is busy with a customer and will take another one after that. */
    boolean takesNextCustomer() {
        boolean isBusy = state == AgentState.RESERVED || state == AgentState.TALKING || state == AgentState.WRAP_UP;
        return isBusy && (intent == null || intent instanceof AgentIntent.ReadyNext);
    }

    public @Nullable AgentIntent intent() {
        return intent;
    }

    /** The call that the agent talks on or talked on last, or null. */
    public @Nullable Call lastCall() {
        return talkedOn.peekFirst();
    }

    /**
     * Returns that call if it is one of the last ones that the agent talked on, the present one included; else null.
     */
    public @Nullable Call talkedOn(CallId named) {
        for (Call candidate : talkedOn) {
            if (candidate.id().equals(named)) {
                return candidate;
            }
        }
        return null;
    }

    /** The limit that the running state went over, or null. */
    public @Nullable Limit over() {
        return over;
    }

    /** How often each limit was passed in this run; the map never changes. */
    public Map<Limit, Long> limitsPassed() {
        return passed;
    }

    /** When the shift began, epoch milliseconds. */
    public long signedInAt() {
        return signedInAtEpochMillis;
    }

    public long callsTaken() {
        return callsTaken;
    }

    /** The pause that the agent is in, or will be in again once the line is up, or null. */
    public @Nullable Pause pause() {
        return pause == null ? null : pause.pause();
    }

    /** How long that pause has lasted, milliseconds; 0 without one. */
    public long pausedMillis(long nowNanos) {
        return pause == null ? 0 : (nowNanos - pause.beganAtNanos()) / 1_000_000;
    }

    /** The agent's load of the day so far. */
    public DayLoad load() {
        return load;
    }

    /** Time in breaks that ended on that local day, and in the running one, milliseconds. */
    public long breakMillisOn(long day, long nowNanos) {
        return load.breakMillisOn(day) + (pause != null && pause.isBreak() ? pausedMillis(nowNanos) : 0);
    }

    /** Time in each state, the running one included; time signed out does not count. */
    public TimeInStates spent(Moment now) {
        return times.with(state, now.nanos() - since.nanos());
    }
}
