package org.paceline.daemon.cli;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.budget.HolderMonth;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.donotcall.StoredNumbers;
import org.paceline.daemon.leads.NumberLookup;
import org.paceline.daemon.run.Settings;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.time.LocalMonths;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.LeadFacts;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.ScriptState;

/**
 * A campaign as its file has it, and the database's facts about one number.
 *
 * @param optOut the do-not-call entry that covers the number and ends last, or null
 * @param lead null where the campaign's list has no such number
 * @param budget the cost of the call, and of the month so far
 * @param databaseProblem why the database could not be asked, or null
 */
record ExplainedCampaign(
        CampaignConfig campaign,
        ExplainedRuleBook book,
        AttemptHistory history,
        @Nullable OptOut optOut,
        @Nullable LeadFacts lead,
        BudgetFacts budget,
        @Nullable String databaseProblem) {

    /** @throws CommandFailed where there is no such campaign */
    static ExplainedCampaign read(String name, Path file, PhoneNumber number, Instant at) {
        Configuration configuration = Configuration.read(file, System::getenv);
        CampaignConfig campaign = configuration.campaign(new CampaignId(name));
        if (campaign == null) {
            throw new CommandFailed("no campaign '" + name + "' in "
                    + configuration.daemon().campaigns() + "; there: " + configuration.campaignIds());
        }
        if (!(campaign.settings().rules() instanceof ExplainedRuleBook book)) {
            throw new IllegalStateException("campaign=" + name + ": its rules cannot be explained");
        }
        long price = price(configuration.daemon(), campaign, number);
        try (Database database = Database.openOrJoin(Settings.database(configuration.daemon()))) {
            StoredNumbers.bringUpToDate(database, new NumberPlan());
            NumberLookup.Known known =
                    NumberLookup.read(database, campaign.id(), number.e164(), at.toEpochMilli() - book.historyMillis());
            Spent spent =
                    spent(database, campaign, configuration.daemon().node().zone(), at);
            return new ExplainedCampaign(
                    campaign,
                    book,
                    known.history(),
                    optOut(database, name, number.e164()),
                    known.lead(),
                    new BudgetFacts(price, spent.spentMicros(), spent.reservedMicros()),
                    null);
        } catch (SQLException | JdbiException | DatabaseException e) {
            return new ExplainedCampaign(
                    campaign,
                    book,
                    new AttemptHistory(),
                    null,
                    null,
                    new BudgetFacts(price, 0, 0),
                    String.valueOf(e.getMessage()));
        }
    }

    /** Returns what would be reserved for the call over the first of the campaign's trunks that has a rate for it. */
    private static long price(DaemonConfig daemon, CampaignConfig campaign, PhoneNumber number) {
        for (TrunkId id : campaign.settings().trunks()) {
            TrunkConfig trunk = daemon.trunk(id);
            Tariff tariff = trunk == null ? null : trunk.tariff();
            Tariff.Rate rate = tariff == null ? null : tariff.rate(number.e164());
            if (rate != null) {
                return rate.costMicros(campaign.settings().budget().reserveMillis());
            }
        }
        return BudgetFacts.NO_RATE;
    }

    private static Spent spent(Database database, CampaignConfig campaign, ZoneId zone, Instant at)
            throws SQLException {
        HolderMonth key = new HolderMonth(
                campaign.settings().budget().holder(), new LocalMonths(zone).monthOf(at.toEpochMilli()));
        return database.jdbi().withHandle(handle -> BudgetTable.total(handle, key));
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
        return DialRequest.to(number, atEpochMillis, campaign.settings().approval())
                .callerId(campaign.settings().callerIds().choose(number.e164(), 0))
                .script(
                        campaign.script() == null
                                ? ScriptState.NONE
                                : campaign.script().state())
                .optOut(optOut)
                .budget(budget);
    }
}
