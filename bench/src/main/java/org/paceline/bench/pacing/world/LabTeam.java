package org.paceline.bench.pacing.world;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.bench.pacing.scenario.DurationLaw;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenario.Break;
import org.paceline.bench.pacing.scenario.Scenario.SignOff;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.simulation.Agents;
import org.paceline.dialer.simulation.VirtualWorld;

/**
 * The agents: they come, take breaks and leave, and the time in each of their states is counted. Nobody cuts a wrap-up
 * short.
 *
 * <p>Thread: the world's.
 */
final class LabTeam implements Agents {
    private static final String BREAK = "break";
    private static final double TO_NANOS = 1e9;

    private final Scenario.Team plan;
    private final VirtualWorld world;
    private final Map<AgentId, Member> members = new LinkedHashMap<>();

    private static final class Member {
        private final AgentId id;
        private final Set<CampaignId> campaigns;
        private final double pace;
        private final Map<AgentState, Long> spentNanos = new EnumMap<>(AgentState.class);
        private AgentState state = AgentState.SIGNED_OUT;
        private long sinceNanos;
        private long freeAtNanos = Long.MAX_VALUE;
        private int serving;
        private long wrapUpNanos;
        private long breakNanos;
        private boolean breaksAfterWrapUp;
        private boolean leavesAfterWrapUp;

        private Member(AgentId id, Set<CampaignId> campaigns, double pace) {
            this.id = id;
            this.campaigns = campaigns;
            this.pace = pace;
        }
    }

    /** @param campaigns ids of the scenario's campaigns, in its order */
    LabTeam(VirtualWorld world, Scenario scenario, Draws draws, int agents, List<CampaignId> campaigns) {
        this.plan = scenario.team();
        this.world = world;
        for (int i = 0; i < agents; i++) {
            double pace =
                    new DurationLaw.LogNormal(1, plan.paceDeviation()).seconds(draws.of(Draws.Purpose.PACE, 0, i));
            Member member = new Member(BenchFloor.agent(i), served(scenario, i, agents, campaigns), pace);
            members.put(member.id, member);
        }
    }

    private static Set<CampaignId> served(Scenario scenario, int agent, int agents, List<CampaignId> campaigns) {
        Set<CampaignId> served = new LinkedHashSet<>();
        for (int c = 0; c < campaigns.size(); c++) {
            int share = (int) Math.ceil(scenario.campaigns().get(c).agentsShare() * agents);
            if (c % 2 == 0 ? agent < share : agent >= agents - share) {
                served.add(campaigns.get(c));
            }
        }
        return served.isEmpty() ? new LinkedHashSet<>(campaigns) : served;
    }

    // ---- what they do

    /** Plans one day of the team. */
    void plan(long startNanos) {
        List<Member> row = List.copyOf(members.values());
        for (int i = 0; i < row.size(); i++) {
            Member member = row.get(i);
            long comes = startNanos + (long) (i * plan.arriveEverySeconds() * TO_NANOS);
            AgentAddress phone = new AgentAddress("sip:" + member.id + "@127.0.0.1");
            world.tellAt(comes, asks(member, new AgentCommand.SignIn(phone, member.campaigns, 0)));
            world.tellAt(comes, asks(member, new AgentCommand.Ready()));
        }
        int first = 0;
        for (Break pause : plan.breaks()) {
            int share = share(pause.share());
            for (int i = first; i < first + share; i++) {
                Member member = row.get(i % row.size());
                at(startNanos, pause.atSecond(), () -> wantsBreak(member, pause));
            }
            first += share;
        }
        for (SignOff leave : plan.signOffs()) {
            for (Member member : row.subList(row.size() - share(leave.share()), row.size())) {
                at(startNanos, leave.atSecond(), () -> leaves(member));
            }
        }
    }

    private int share(double share) {
        return Math.min(members.size(), (int) Math.ceil(share * members.size() - 1e-9));
    }

    private void at(long startNanos, double second, Supplier<Event> what) {
        world.tellAt(startNanos + (long) (second * TO_NANOS), what);
    }

    /** Lets everybody leave; agents who talk leave after the call and its wrap-up. */
    void allLeave(long atNanos) {
        members.values().forEach(member -> world.tellAt(atNanos, () -> leaves(member)));
    }

    private Event wantsBreak(Member member, Break pause) {
        member.breakNanos = (long) (pause.lastsSeconds() * TO_NANOS);
        return switch (member.state) {
            case READY, LINE_CONNECTING -> asks(member, new AgentCommand.Pause(BREAK));
            case RESERVED, TALKING -> {
                member.breaksAfterWrapUp = !pause.announced();
                yield pause.announced() ? asks(member, new AgentCommand.Pause(BREAK)) : Event.Ticked.INSTANCE;
            }
            case WRAP_UP -> {
                member.breaksAfterWrapUp = true;
                yield Event.Ticked.INSTANCE;
            }
            case PAUSED, SIGNED_OUT -> {
                member.breakNanos = 0;
                yield Event.Ticked.INSTANCE;
            }
        };
    }

    private Event leaves(Member member) {
        if (member.state == AgentState.SIGNED_OUT) {
            return Event.Ticked.INSTANCE;
        }
        if (member.state == AgentState.WRAP_UP) {
            member.leavesAfterWrapUp = true;
            return Event.Ticked.INSTANCE;
        }
        return asks(member, new AgentCommand.SignOut());
    }

    private static Event asks(Member member, AgentCommand command) {
        return new Event.AgentCommanded(0, member.id, command);
    }

    // ---- what becomes of them

    /** A customer of that campaign is being joined. */
    void serves(AgentId agent, int campaign, long talkNanos, long wrapUpNanos) {
        Member member = member(agent);
        member.serving = campaign;
        member.wrapUpNanos = wrapUpNanos;
        member.freeAtNanos = world.nanos() + talkNanos + wrapUpNanos;
    }

    @Override
    public void changed(Effect.AgentChanged changed) {
        Member member = member(changed.agent());
        spend(member);
        member.state = changed.state();
        switch (changed.state()) {
            case WRAP_UP -> world.tellIn(member.wrapUpNanos, () -> wrapUpEnds(member));
            case PAUSED -> {
                if (member.breakNanos > 0) {
                    world.tellIn(member.breakNanos, () -> breakEnds(member));
                    member.breakNanos = 0;
                }
            }
            case SIGNED_OUT -> {
                member.breakNanos = 0;
                member.breaksAfterWrapUp = false;
                member.leavesAfterWrapUp = false;
            }
            case LINE_CONNECTING, READY, RESERVED, TALKING -> {}
        }
    }

    /** Ignores the answer: the agents ask only for what they may. */
    @Override
    public void answered(Effect.AnswerCommand answer) {
        if (answer.result() instanceof CommandResult.Refused refused) {
            throw new IllegalStateException("an agent of the lab was refused: " + refused.reason());
        }
    }

    private static Event wrapUpEnds(Member member) {
        if (member.state != AgentState.WRAP_UP) {
            return Event.Ticked.INSTANCE;
        }
        if (member.leavesAfterWrapUp) {
            return asks(member, new AgentCommand.SignOut());
        }
        if (member.breaksAfterWrapUp) {
            member.breaksAfterWrapUp = false;
            return asks(member, new AgentCommand.Pause(BREAK));
        }
        return asks(member, new AgentCommand.EndWrapUp(null, null));
    }

    private static Event breakEnds(Member member) {
        return member.state == AgentState.PAUSED ? asks(member, new AgentCommand.Ready()) : Event.Ticked.INSTANCE;
    }

    private void spend(Member member) {
        member.spentNanos.merge(member.state, world.nanos() - member.sinceNanos, Long::sum);
        member.sinceNanos = world.nanos();
    }

    private Member member(AgentId id) {
        Member member = members.get(id);
        if (member == null) {
            throw new IllegalArgumentException("agent=" + id + ": is none of the team");
        }
        return member;
    }

    // ---- what is known of them

    /** The factor on how long this agent's talks last. */
    double pace(AgentId agent) {
        return member(agent).pace;
    }

    /** As in {@link Futures}. */
    long freeAtNanos(AgentId agent) {
        Member member = member(agent);
        return member.breaksAfterWrapUp || member.leavesAfterWrapUp ? Long.MAX_VALUE : member.freeAtNanos;
    }

    /** The campaign of the customer whom the agent serves or served last: its place in the scenario. */
    int serving(AgentId agent) {
        return member(agent).serving;
    }

    boolean isAway() {
        return members.values().stream().allMatch(member -> member.state == AgentState.SIGNED_OUT);
    }

    /** Returns the time spent in each state until now, nanoseconds, of all agents together. */
    Map<AgentState, Long> spentNanos() {
        Map<AgentState, Long> all = new HashMap<>();
        for (Member member : members.values()) {
            spend(member);
            member.spentNanos.forEach((state, nanos) -> all.merge(state, nanos, Long::sum));
        }
        return all;
    }
}
