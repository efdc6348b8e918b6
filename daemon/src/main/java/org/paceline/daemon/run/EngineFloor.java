package org.paceline.daemon.run;

import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.agents.AgentSession;
import org.paceline.daemon.agents.QualificationTable;
import org.paceline.daemon.agents.QualificationWatch;
import org.paceline.daemon.agents.QualificationWord;
import org.paceline.daemon.agents.SessionTable;
import org.paceline.daemon.api.Floor;
import org.paceline.daemon.attempts.AttemptTable;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallLog;
import org.paceline.daemon.donotcall.DoNotCallRemoval;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.leads.RefusedLead;
import org.paceline.daemon.leads.RefusedLeads;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
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
    private final AttemptTable attempts;
    private final RefusedLeads refused;
    private final DoNotCallTable doNotCall;
    private final NumberPlan numbers;
    private final DoNotCallRemoval removal;
    private final @Nullable DoNotCallLog log;
    private final ZoneId zone;
    private final SessionTable sessions;
    private final QualificationTable qualifications;
    private final QualificationWatch qualificationWatch;

    /** @param log where entries are written first, or null where the database loses none */
    EngineFloor(
            Pipeline pipeline,
            CampaignTable campaigns,
            Database database,
            NumberPlan numbers,
            @Nullable DoNotCallLog log,
            ZoneId zone,
            QualificationWatch qualificationWatch) {
        this.pipeline = pipeline;
        this.campaigns = campaigns;
        this.attempts = new AttemptTable(database);
        this.refused = new RefusedLeads(database);
        this.doNotCall = new DoNotCallTable(database);
        this.numbers = numbers;
        this.removal = new DoNotCallRemoval(database);
        this.log = log;
        this.zone = zone;
        this.sessions = new SessionTable(database);
        this.qualifications = new QualificationTable(database);
        this.qualificationWatch = qualificationWatch;
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
    public @Nullable ScriptFile script(CampaignId campaign) {
        return campaigns.script(campaign);
    }

    @Override
    public CompletableFuture<CommandResult> command(AgentId agent, AgentCommand command) {
        return pipeline.command(agent, command)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof IllegalStateException ? new BusyException() : failure));
    }

    @Override
    public AgentDay today(AgentId agent) throws UnavailableException {
        long midnight = LocalDate.now(zone).atStartOfDay(zone).toInstant().toEpochMilli();
        try {
            return attempts.agentDaySince(agent, midnight);
        } catch (JdbiException e) {
            throw new UnavailableException(e);
        }
    }

    @Override
    public List<AgentSession> sessions(AgentId agent, long fromEpochMillis, long toEpochMillis)
            throws UnavailableException {
        try {
            return sessions.of(agent, fromEpochMillis, toEpochMillis);
        } catch (JdbiException e) {
            throw new UnavailableException(e);
        }
    }

    @Override
    public List<QualificationWord> qualifications(AgentId agent) throws UnavailableException {
        try {
            return qualifications.of(agent);
        } catch (SQLException | JdbiException e) {
            throw new UnavailableException(e);
        }
    }

    @Override
    public void qualify(Qualification qualification, String by) throws UnavailableException {
        try {
            qualifications.say(qualification, by, System.currentTimeMillis());
        } catch (SQLException | JdbiException e) {
            throw new UnavailableException(e);
        }
        LOG.info(
                "agent={} event=qualified campaign={} last-day={} by={}",
                qualification.agent(),
                qualification.campaign(),
                qualification.lastDay(),
                by);
        qualificationWatch.poll();
    }

    @Override
    public List<RefusedLead> refusals(CampaignId campaign, long beforeEpochMillis, long beforeLead, int most)
            throws UnavailableException {
        try {
            return refused.last(campaign, beforeEpochMillis, beforeLead, most, this::masked);
        } catch (JdbiException e) {
            throw new UnavailableException(e);
        }
    }

    @Override
    public Map<String, Long> refusedLeadsByRule(CampaignId campaign) throws UnavailableException {
        try {
            return refused.byRule(campaign);
        } catch (JdbiException e) {
            throw new UnavailableException(e);
        }
    }

    /** A number that the numbering plan does not know any more shows no digit. */
    private String masked(long e164) {
        return switch (numbers.parse("+" + e164, null)) {
            case NumberPlan.Parsed.Valid valid -> valid.number().masked();
            case NumberPlan.Parsed.Rejected _ -> "+***";
        };
    }

    @Override
    public String optOut(String text, @Nullable CampaignId campaign, String source, @Nullable String reason)
            throws UnavailableException {
        PhoneNumber number = parsed(text);
        OptOut optOut = new OptOut(
                reason == null ? source : source + ": " + reason,
                campaign == null ? null : campaign.value(),
                Long.MAX_VALUE);
        DoNotCallEntry entry = new DoNotCallEntry(number.e164(), optOut, System.currentTimeMillis());
        try {
            if (log != null) {
                log.append(List.of(entry));
            }
            doNotCall.add(entry);
        } catch (IOException | SQLException | JdbiException e) {
            throw new UnavailableException(e);
        }
        pipeline.publish(new Event.NumberOptedOut(number.e164(), optOut));
        LOG.info("event=do-not-call number={} campaign={} source={}", number.masked(), campaign, source);
        return number.masked();
    }

    @Override
    public List<DoNotCall> doNotCall(String text) throws UnavailableException {
        try {
            return views(doNotCall.of(parsed(text).e164()));
        } catch (SQLException | JdbiException e) {
            throw new UnavailableException(e);
        }
    }

    @Override
    public List<DoNotCall> optIn(
            String text, @Nullable CampaignId campaign, boolean complaint, String by, String reason)
            throws UnavailableException {
        PhoneNumber number = parsed(text);
        try {
            List<DoNotCallEntry> removed = removal.run(new DoNotCallRemoval.Order(
                    number.e164(),
                    campaign == null ? null : campaign.value(),
                    complaint ? OptOut.Kind.COMPLAINT : OptOut.Kind.REQUEST,
                    by,
                    reason,
                    System.currentTimeMillis()));
            LOG.info("event=do-not-call-removed number={} entries={} by={}", number.masked(), removed.size(), by);
            return views(removed);
        } catch (SQLException | JdbiException e) {
            throw new UnavailableException(e);
        }
    }

    private static List<DoNotCall> views(List<DoNotCallEntry> entries) {
        return entries.stream()
                .map(entry -> new DoNotCall(
                        entry.optOut().campaign(),
                        entry.optOut().kind(),
                        entry.optOut().source(),
                        entry.enteredAtEpochMillis(),
                        entry.optOut().untilEpochMillis()))
                .toList();
    }

    private PhoneNumber parsed(String text) {
        return switch (numbers.parse(text, null)) {
            case NumberPlan.Parsed.Valid valid -> valid.number();
            case NumberPlan.Parsed.Rejected rejected -> throw new IllegalArgumentException(rejected.reason());
        };
    }
}
