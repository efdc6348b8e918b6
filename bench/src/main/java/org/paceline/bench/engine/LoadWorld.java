package org.paceline.bench.engine;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.simulation.Agents;
import org.paceline.dialer.simulation.BatchJournal;
import org.paceline.dialer.simulation.BatchStore;
import org.paceline.dialer.simulation.Behaviours;
import org.paceline.dialer.simulation.VirtualWorld;
import org.paceline.dialer.simulation.VirtualWorld.EventHandler;
import org.paceline.dialer.time.Moment;

/**
 * The world around an engine under load: a public that is busy, does not answer or talks, agents who wrap up, a journal
 * and a store that answer in batches, a list that never ends. Two of three campaigns dial progressively, one by ratio.
 *
 * <p>People live faster here, by {@link Haste}, so that the given agents make as many events a second as are asked for.
 * Seeded: the same engine gets the same events in the same order every time.
 *
 * <p>Thread: one at a time.
 */
final class LoadWorld implements Agents {
    private static final int CAMPAIGNS = 6;
    private static final double LINES_PER_AGENT = 1.5;
    private static final double WRAP_UP_SECONDS = 15;
    private static final int ENDS_WRAP_UP_PERCENT = 50;

    private static final long MILLI = 1_000_000L;
    private static final long JOURNAL_NANOS = 2 * MILLI;
    private static final long STORE_NANOS = 5 * MILLI;
    private static final int JOURNAL_BATCH = 64;
    private static final int STORE_BATCH = 256;

    private final BenchFloor floor = new BenchFloor();
    private final VirtualWorld world;
    private final Random random;
    private final Haste haste;
    private final LoadLists lists;
    private final TreeMap<String, Long> mix = new TreeMap<>();
    private long emptySlots;

    /** @param events about how many there will be */
    LoadWorld(Moment start, int agents, double eventsPerSecond, long events, long seed) {
        this.world = new VirtualWorld(start);
        this.random = new Random(seed);
        this.haste = Haste.of(agents, eventsPerSecond);
        this.lists = new LoadLists(world, floor);
        open(agents);
        for (int i = 0; i < CAMPAIGNS; i++) {
            lists.stock(campaign(i), events, CAMPAIGNS);
        }
    }

    /** Begins the load; called once, before {@link #next}. */
    void begin(EventHandler engine) {
        world.begin(
                (event, now, effects) -> {
                    count(event);
                    engine.on(event, now, effects);
                },
                new Behaviours(
                        new BatchJournal(world, JOURNAL_NANOS, JOURNAL_BATCH),
                        new LoadNetwork(world, random, haste),
                        lists,
                        new BatchStore(world, STORE_NANOS, STORE_NANOS / 5, STORE_BATCH),
                        this));
    }

    private void count(Event event) {
        if (event instanceof Event.Ticked) {
            emptySlots++;
        } else {
            mix.merge(event.getClass().getSimpleName(), 1L, Long::sum);
        }
    }

    /** How many times faster than in life people answer, talk and wrap up. */
    double haste() {
        return haste.times();
    }

    /** Slots of the open loop for which nothing was due; the engine got a tick. */
    long emptySlots() {
        return emptySlots;
    }

    /** Returns events by kind since {@link #forgetMix}. */
    Map<String, Long> mix() {
        return mix;
    }

    void forgetMix() {
        mix.clear();
        emptySlots = 0;
    }

    private void open(int agents) {
        world.tellIn(0, new Event.TrunkConfigured(floor.trunk()));
        world.tellIn(0, new Event.TrunkChanged(BenchFloor.TRUNK, true, 0, "answers"));
        long wrapUpMillis = Math.max(1, Math.round(WRAP_UP_SECONDS * 1_000 / haste.times()));
        for (int i = 0; i < CAMPAIGNS; i++) {
            DialMode mode = i % 3 == 2 ? DialMode.RATIO : DialMode.PROGRESSIVE;
            world.tellIn(
                    0, new Event.CampaignConfigured(floor.campaign(campaign(i), mode, LINES_PER_AGENT, wrapUpMillis)));
        }
        for (int i = 0; i < agents; i++) {
            AgentId agent = BenchFloor.agent(i);
            AgentAddress phone = new AgentAddress("sip:" + agent + "@127.0.0.1");
            AgentCommand signIn = new AgentCommand.SignIn(phone, Set.of(campaign(i % CAMPAIGNS)), 0);
            world.tellIn(0, new Event.AgentCommanded(i, agent, signIn));
            world.tellIn(0, new Event.AgentCommanded(i, agent, new AgentCommand.Ready()));
        }
    }

    private static CampaignId campaign(int index) {
        return new CampaignId("campaign" + index);
    }

    /** Gives the engine what is due next, at or before that time; a tick where nothing is. */
    void next(long plannedNanos) {
        world.stall(plannedNanos);
        if (!world.next(plannedNanos)) {
            world.tell(Event.Ticked.INSTANCE);
        }
    }

    /** Lets half of the agents say that they have wrapped up before their time is over. */
    @Override
    public void changed(Effect.AgentChanged changed) {
        CallId call = changed.call();
        if (changed.state() == AgentState.WRAP_UP && call != null && random.nextInt(100) < ENDS_WRAP_UP_PERCENT) {
            long after = haste.nanos(random.nextDouble() * WRAP_UP_SECONDS);
            world.tellIn(after, new Event.AgentCommanded(0, changed.agent(), new AgentCommand.EndWrapUp(call, "sale")));
        }
    }
}
