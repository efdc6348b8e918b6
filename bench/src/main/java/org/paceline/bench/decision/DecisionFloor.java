package org.paceline.bench.decision;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.forecast.CallForecast;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.forecast.ServiceLaw.Phase;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.LeadGroup;
import org.paceline.dialer.pacing.AbandonmentBooks;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.pacing.Situation;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.NumberKind;

/**
 * A busy floor around a pacer, half a second at a time: agents who talk 120 s and wrap up 15 s, a public of which one
 * call in four is answered after about 10 s. The same seed gives the same floor.
 *
 * <p>Thread: one at a time.
 */
final class DecisionFloor implements Situation {
    static final long STEP_NANOS = 500_000_000L;

    private static final double ANSWER_RATE = 0.25;
    private static final CampaignId CAMPAIGN = new CampaignId("bench");
    private static final LeadGroup GROUP = new LeadGroup(null, 0, NumberKind.FIXED_LINE_OR_MOBILE);
    private static final PacingSettings SETTINGS = new PacingSettings(DialMode.PREDICTIVE, 1, Integer.MAX_VALUE);

    private final Random random;
    private final int agents;
    private final CallForecast calls = new CallForecast();
    private final ServiceLaw service = new ServiceLaw();
    private final AbandonmentBooks books =
            new AbandonmentBooks(List.of(AbandonmentTerms.DEFAULT), ZoneId.of("America/New_York"));
    private final List<Busy> busy = new ArrayList<>();
    private final List<Ringing> ringing = new ArrayList<>();
    private long now;
    private long nextCall;
    private int nextAgent;

    private record Busy(AgentId agent, Phase phase, long sinceNanos, long untilNanos) {}

    private record Ringing(CallId call, long untilNanos, boolean isAnswered) {}

    DecisionFloor(int agents, long seed) {
        this.agents = agents;
        this.random = new Random(seed);
    }

    /** Lets half a second pass, in which the pacer's calls are placed. */
    void step(Pacer pacer, int calls) {
        for (int i = 0; i < calls; i++) {
            place();
        }
        pacer.callsToGiveUp(this).forEach(this::giveUp);
        now += STEP_NANOS;
        endPhases();
        endRings(pacer);
    }

    private void place() {
        CallId call = new CallId(++nextCall);
        boolean isAnswered = random.nextDouble() < ANSWER_RATE;
        double seconds = isAnswered ? Math.max(1, 10 + 4 * random.nextGaussian()) : 25;
        ringing.add(new Ringing(call, now + (long) (seconds * 1e9), isAnswered));
        calls.placed(call, GROUP, false, now);
        calls.ringing(call, now);
    }

    private void giveUp(CallId call) {
        if (ringing.removeIf(of -> of.call.equals(call))) {
            calls.givenUp(call, now);
        }
    }

    private void endPhases() {
        List<Busy> wrappingUp = new ArrayList<>();
        for (Iterator<Busy> all = busy.iterator(); all.hasNext(); ) {
            Busy one = all.next();
            if (one.untilNanos - now <= 0) {
                all.remove();
                service.ends(one.agent, now);
                if (one.phase == Phase.TALK) {
                    wrappingUp.add(one);
                }
            }
        }
        wrappingUp.forEach(one -> begin(one.agent, Phase.WRAP_UP, 15));
    }

    private void endRings(Pacer pacer) {
        for (Iterator<Ringing> all = ringing.iterator(); all.hasNext(); ) {
            Ringing call = all.next();
            if (call.untilNanos - now > 0) {
                continue;
            }
            all.remove();
            if (!call.isAnswered) {
                calls.failed(call.call, now);
                continue;
            }
            calls.answered(call.call, now);
            books.answered(now / 1_000_000);
            if (busy.size() < agents) {
                begin(new AgentId("agent" + nextAgent++ % (2 * agents)), Phase.TALK, 120);
            } else {
                books.abandoned(now / 1_000_000);
            }
            pacer.answered(books);
        }
    }

    private void begin(AgentId agent, Phase phase, double meanSeconds) {
        long lasts = (long) (-Math.log(1 - random.nextDouble()) * meanSeconds * 1e9);
        busy.add(new Busy(agent, phase, now, now + lasts));
        service.begins(agent, phase, now);
    }

    @Override
    public long nowNanos() {
        return now;
    }

    @Override
    public CampaignId campaign() {
        return CAMPAIGN;
    }

    @Override
    public PacingSettings settings() {
        return SETTINGS;
    }

    @Override
    public AbandonmentBooks abandonments() {
        return books;
    }

    @Override
    public int agentsSignedIn() {
        return agents;
    }

    @Override
    public int agentsReady() {
        return agents - busy.size();
    }

    @Override
    public int agentsUncalled() {
        return agentsReady();
    }

    @Override
    public void busyAgents(BusyAgents visitor) {
        for (Busy one : busy) {
            visitor.agent(one.agent, service, one.phase, one.sinceNanos);
        }
    }

    @Override
    public double meanServiceSeconds() {
        return service.meanServiceSeconds();
    }

    @Override
    public int callsUnassigned() {
        return ringing.size();
    }

    @Override
    public int callsWaiting() {
        return 0;
    }

    @Override
    public CallForecast calls() {
        return calls;
    }

    @Override
    public List<CallForecast> callsOfSharing() {
        return List.of();
    }

    @Override
    public @Nullable LeadGroup choose(int after, boolean likeliest) {
        return GROUP;
    }
}
