package org.paceline.daemon.cli;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.Campaign;
import org.paceline.daemon.config.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.leads.NumberLookup;
import org.paceline.daemon.run.Settings;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.LeadFacts;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;

/**
 * A campaign as its file has it, and what the database knows of one number.
 *
 * @param optOut the do-not-call entry that covers the number and ends last, or null
 * @param lead null where the campaign's list has no such number
 * @param databaseProblem why the database could not be asked, or null
 */
record ExplainedCampaign(
        Campaign campaign,
        ExplainedRuleBook book,
        AttemptHistory history,
        @Nullable OptOut optOut,
        @Nullable LeadFacts lead,
        @Nullable String databaseProblem) {

    /** @throws CommandFailed where there is no such campaign */
    static ExplainedCampaign read(String name, Path file, PhoneNumber number, Instant at) {
        Configuration configuration = Configuration.read(file, System::getenv);
        Campaign campaign = configuration.campaign(new CampaignId(name));
        if (campaign == null) {
            throw new CommandFailed("no campaign '" + name + "' in "
                    + configuration.daemon().campaigns() + "; there: " + configuration.campaignIds());
        }
        if (!(campaign.settings().rules() instanceof ExplainedRuleBook book)) {
            throw new IllegalStateException("campaign=" + name + ": its rules cannot be explained");
        }
        try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
            NumberLookup.Known known =
                    NumberLookup.read(database, campaign.id(), number.e164(), at.toEpochMilli() - book.historyMillis());
            return new ExplainedCampaign(
                    campaign, book, known.history(), optOut(database, name, number.e164()), known.lead(), null);
        } catch (SQLException | JdbiException | DatabaseException e) {
            return new ExplainedCampaign(
                    campaign, book, new AttemptHistory(), null, null, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable OptOut optOut(Database database, String campaign, long e164) throws SQLException {
        OptOut latest = null;
        for (DoNotCallEntry entry : new DoNotCallTable(database).of(e164)) {
            OptOut found = entry.optOut();
            boolean covers = found.campaign() == null || found.campaign().equals(campaign);
            if (covers && (latest == null || found.untilEpochMillis() > latest.untilEpochMillis())) {
                latest = found;
            }
        }
        return latest;
    }

    DialRequest.Builder request(PhoneNumber number, long atEpochMillis) {
        return DialRequest.to(number, atEpochMillis, campaign.settings().standing())
                .callerId(campaign.settings().callerId())
                .optOut(optOut);
    }
}
