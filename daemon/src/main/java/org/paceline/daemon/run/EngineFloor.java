package org.paceline.daemon.run;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.Floor;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.records.Figures;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentId;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.dialer.engine.Event;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.pipeline.Pipeline;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The floor as the pipeline and the database have it. Thread: any. */
final class EngineFloor implements Floor {
    private static final Logger LOG = LoggerFactory.getLogger(EngineFloor.class);

    private final Pipeline pipeline;
    private final CampaignTable campaigns;
    private final Figures figures;
    private final DoNotCallTable doNotCall;
    private final NumberPlan numbers;
    private final ZoneId zone;

    EngineFloor(Pipeline pipeline, CampaignTable campaigns, Database database, NumberPlan numbers, ZoneId zone) {
        this.pipeline = pipeline;
        this.campaigns = campaigns;
        this.figures = new Figures(database);
        this.doNotCall = new DoNotCallTable(database);
        this.numbers = numbers;
        this.zone = zone;
    }

    @Override
    public Snapshot snapshot() {
        return pipeline.snapshot();
    }

    @Override
    public SequencedSet<CampaignId> campaigns() {
        return campaigns.ids();
    }

    @Override
    public CompletableFuture<CommandResult> command(AgentId agent, AgentCommand command) {
        return pipeline.command(agent, command)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof IllegalStateException ? new BusyException() : failure));
    }

    @Override
    public int attemptsToday(AgentId agent) throws UnavailableException {
        long midnight = LocalDate.now(zone).atStartOfDay(zone).toInstant().toEpochMilli();
        try {
            return figures.agentAttemptsSince(agent, midnight);
        } catch (JdbiException e) {
            throw new UnavailableException(e);
        }
    }

    @Override
    public String optOut(String text, @Nullable CampaignId campaign, String source, @Nullable String reason)
            throws UnavailableException {
        PhoneNumber number = parsed(text);
        OptOut optOut = new OptOut(
                reason == null ? source : source + ": " + reason,
                campaign == null ? null : campaign.value(),
                Long.MAX_VALUE);
        try {
            doNotCall.add(new DoNotCallEntry(number.e164(), optOut, System.currentTimeMillis()));
        } catch (SQLException | JdbiException e) {
            throw new UnavailableException(e);
        }
        pipeline.publish(new Event.NumberOptedOut(number.e164(), optOut));
        LOG.info("event=do-not-call number={} campaign={} source={}", number.masked(), campaign, source);
        return number.masked();
    }

    private PhoneNumber parsed(String text) {
        return switch (numbers.parse(text, null)) {
            case NumberPlan.Parsed.Valid valid -> valid.number();
            case NumberPlan.Parsed.Rejected rejected -> throw new IllegalArgumentException(rejected.reason());
        };
    }
}
