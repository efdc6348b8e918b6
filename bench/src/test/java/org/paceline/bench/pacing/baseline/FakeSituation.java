package org.paceline.bench.pacing.baseline;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.pacing.Situation;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.NumberKind;

/** A situation that a test writes down: 3 % of calls may be abandoned, a day has eight hours. */
final class FakeSituation implements Situation {
    private static final CampaignId CAMPAIGN = new CampaignId("test");
    static final LeadGroup USUAL = new LeadGroup(null, 0, NumberKind.MOBILE);

    private final AbandonmentBooks books = new AbandonmentBooks(List.of(AbandonmentTerms.DEFAULT), ZoneOffset.UTC);
    private final CallForecast calls = new CallForecast();
    private final ServiceLaw law = new ServiceLaw();
    private final List<Busy> busy = new ArrayList<>();
    private double second;
    private int ready;
    private int waiting;
    private int placed;

    private record Busy(AgentId agent, Phase phase, long sinceNanos) {}

    FakeSituation at(double newSecond) {
        second = newSecond;
        return this;
    }

    FakeSituation ready(int agents) {
        ready = agents;
        return this;
    }

    FakeSituation waiting(int customers) {
        waiting = customers;
        return this;
    }

    FakeSituation busy(String agent, Phase phase, double sinceSecond) {
        busy.add(new Busy(new AgentId(agent), phase, (long) (sinceSecond * 1e9)));
        return this;
    }

    FakeSituation talking(int agents) {
        for (int i = 0; i < agents; i++) {
            busy("talker" + i, Phase.TALK, second);
        }
        return this;
    }

    FakeSituation nobodyBusy() {
        busy.clear();
        return this;
    }

    FakeSituation wrapUpsEndAfter(double seconds) {
        law.wrapUpLimit((long) (seconds * 1e3));
        return this;
    }

    /** They ring until the end. */
    FakeSituation placed(int more) {
        for (int i = 0; i < more; i++) {
            calls.placed(new CallId(++placed), USUAL, false, nowNanos());
        }
        return this;
    }

    /** Calls that rang before and are over. */
    FakeSituation placedBefore(int more) {
        for (int i = 0; i < more; i++) {
            CallId call = new CallId(++placed);
            calls.placed(call, USUAL, false, nowNanos());
            calls.failed(call, nowNanos());
        }
        return this;
    }

    FakeSituation abandoned(int abandoned, int ofAnswered) {
        for (int i = 0; i < ofAnswered; i++) {
            books.answered((long) (second * 1e3));
        }
        for (int i = 0; i < abandoned; i++) {
            books.abandoned((long) (second * 1e3));
        }
        return this;
    }

    @Override
    public long nowNanos() {
        return (long) (second * 1e9);
    }

    @Override
    public CampaignId campaign() {
        return CAMPAIGN;
    }

    @Override
    public PacingSettings settings() {
        return new PacingSettings(DialMode.PREDICTIVE, 1, Integer.MAX_VALUE);
    }

    @Override
    public AbandonmentBooks abandonments() {
        return books;
    }

    @Override
    public int agentsSignedIn() {
        return ready + busy.size();
    }

    @Override
    public int agentsReady() {
        return ready;
    }

    @Override
    public int agentsUncalled() {
        return ready;
    }

    @Override
    public void busyAgents(BusyAgents visitor) {
        busy.forEach(one -> visitor.agent(one.agent, law, one.phase, one.sinceNanos));
    }

    @Override
    public double meanServiceSeconds() {
        return law.meanServiceSeconds();
    }

    @Override
    public int callsUnassigned() {
        return calls.inFlight().size() + waiting;
    }

    @Override
    public int callsWaiting() {
        return waiting;
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
        return USUAL;
    }
}
