package org.paceline.bench.pacing.world;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.bench.pacing.oracle.TrueLaws;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;

/** The future as the team and the network of the current day know it. Thread: the world's. */
final class DayFutures implements Futures {
    private final Scenario scenario;
    private final List<CampaignId> campaigns;
    private final LabTeam team;
    private final LabNetwork network;
    private @Nullable TrueLaws laws;

    /** @param campaigns ids of the scenario's campaigns, in its order */
    DayFutures(Scenario scenario, List<CampaignId> campaigns, LabTeam team, LabNetwork network) {
        this.scenario = scenario;
        this.campaigns = campaigns;
        this.team = team;
        this.network = network;
    }

    @Override
    public long freeAtNanos(AgentId agent) {
        return team.freeAtNanos(agent);
    }

    @Override
    public long answersAtNanos(CallId call) {
        return network.answersAtNanos(call);
    }

    @Override
    public long nextAnswersAfterNanos(CampaignId campaign, int after) {
        return network.nextAnswersAfterNanos(campaigns.indexOf(campaign), after);
    }

    @Override
    public void freeWithin(AgentId agent, ServiceLaw.Phase phase, double ageSeconds, double[] within) {
        laws().frees(team.serving(agent), phase, team.pace(agent), ageSeconds, within);
    }

    @Override
    public void answersWithin(CallId call, double[] within) {
        network.answersWithin(call, laws(), within);
    }

    @Override
    public boolean nextAnswersWithin(CampaignId campaign, int after, double[] within) {
        return network.nextAnswersWithin(campaigns.indexOf(campaign), after, laws(), within);
    }

    /** Returns the laws, made when they are first asked for, because most pacers never ask. */
    private TrueLaws laws() {
        TrueLaws known = laws == null ? new TrueLaws(scenario) : laws;
        laws = known;
        return known;
    }
}
