package org.paceline.daemon.donotcall;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.requests.RefusedInputException;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.port.EventSink;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The desk over this node's database; it tells the engine of entries made here. Thread: any; may block. */
public final class SqlDoNotCallDesk implements DoNotCallDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SqlDoNotCallDesk.class);

    private final DoNotCallTable table;
    private final DoNotCallRemoval removal;
    private final NumberPlan numbers;
    private final @Nullable DoNotCallLog log;
    private final EventSink engine;
    private final LongSupplier epochMillis;

    /** @param log the log where entries are written first, or null where the database loses none */
    public SqlDoNotCallDesk(
            Database database,
            NumberPlan numbers,
            @Nullable DoNotCallLog log,
            EventSink engine,
            LongSupplier epochMillis) {
        this.table = new DoNotCallTable(database);
        this.removal = new DoNotCallRemoval(database);
        this.numbers = numbers;
        this.log = log;
        this.engine = engine;
        this.epochMillis = epochMillis;
    }

    @Override
    public String optOut(String text, @Nullable CampaignId campaign, String source, @Nullable String reason)
            throws SQLException, IOException {
        PhoneNumber number = parsed(text);
        OptOut optOut = new OptOut(
                reason == null ? source : source + ": " + reason,
                campaign == null ? null : campaign.value(),
                Long.MAX_VALUE);
        DoNotCallEntry entry = new DoNotCallEntry(number.e164(), optOut, epochMillis.getAsLong());
        if (log != null) {
            log.append(List.of(entry));
        }
        table.add(entry);
        engine.publish(new Event.NumberOptedOut(number.e164(), optOut));
        LOG.info("event=do-not-call number={} campaign={} source={}", number.masked(), campaign, source);
        return number.masked();
    }

    @Override
    public List<DoNotCallEntry> of(String text) throws SQLException {
        return table.of(parsed(text).e164());
    }

    @Override
    public List<DoNotCallEntry> optIn(
            String text, @Nullable CampaignId campaign, OptOut.Kind kind, String by, String reason)
            throws SQLException {
        PhoneNumber number = parsed(text);
        List<DoNotCallEntry> removed = removal.run(new DoNotCallRemoval.Order(
                number.e164(), campaign == null ? null : campaign.value(), kind, by, reason, epochMillis.getAsLong()));
        LOG.info("event=do-not-call-removed number={} entries={} by={}", number.masked(), removed.size(), by);
        return removed;
    }

    private PhoneNumber parsed(String text) {
        return switch (numbers.parse(text, null)) {
            case NumberPlan.Parsed.Valid valid -> valid.number();
            case NumberPlan.Parsed.Rejected rejected -> throw new RefusedInputException(rejected.reason());
        };
    }
}
