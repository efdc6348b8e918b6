package org.paceline.daemon.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.agents.AgentEventTable;
import org.paceline.daemon.agents.SessionTable;
import org.paceline.daemon.attempts.AttemptEnds;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.calls.DispositionTable;
import org.paceline.daemon.calls.NoteTable;
import org.paceline.daemon.calls.RecordingTable;
import org.paceline.daemon.campaigns.MatterTable;
import org.paceline.daemon.complaints.ComplaintTable;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallLog;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.leads.KeptPromises;
import org.paceline.daemon.leads.LeadDecisions;
import org.paceline.daemon.leads.LeadSettlements;
import org.paceline.daemon.leads.Settlement;
import org.paceline.daemon.nodes.Fence;
import org.paceline.daemon.nodes.Guard;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in SQL: a batch is one transaction in which each table's owner writes its entries, in the order given here.
 * Giving a batch again after a commit in doubt changes nothing.
 *
 * <p>Thread: {@code store} only.
 */
public final class SqlStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

    /** Stands for no node: no node has this name. */
    private static final String NOBODY = "";

    private final Database database;
    private final String node;
    private final HeldLeads held;
    private final ComplaintTerms complaints;
    private final RecentEntries recent = new RecentEntries();
    private final Guard guard;

    /** Makes a store in which complaints that agents enter have the default terms. */
    public SqlStore(Database database, String node, HeldLeads held) {
        this(database, node, held, ComplaintTerms.DEFAULT);
    }

    /**
     * @param node this node's name
     * @param held gives up the leads that were settled
     * @param complaints the terms of complaints that agents enter
     */
    public SqlStore(Database database, String node, HeldLeads held, ComplaintTerms complaints) {
        this(database, node, held, complaints, new Guarded(Fence.NONE, "", null));
    }

    /**
     * The checks before each batch.
     *
     * @param server the server that had everything at the start
     * @param optOuts puts back do-not-call entries, or null
     */
    public record Guarded(
            Fence fence, Object server, @Nullable DoNotCallLog optOuts) {}

    /** @param guarded the checks before each batch */
    public SqlStore(Database database, String node, HeldLeads held, ComplaintTerms complaints, Guarded guarded) {
        this.guard = new Guard(guarded.fence, guarded.server, handle -> restore(handle, guarded.optOuts));
        this.complaints = complaints;
        this.database = database;
        this.node = node;
        this.held = held;
    }

    @Override
    public void write(List<Effect.Entry> batch) throws SQLException {
        if (batch.isEmpty()) {
            return;
        }
        Sorted sorted = sort(batch);
        database.write(handle -> {
            Fence.Finding finding = guard.enter(handle);
            write(handle, sorted, finding.hold() != Fence.Hold.TAKEN_OVER);
            return null;
        });
        guard.committed();
        recent.add(batch);
        // Only now may the lead source lease them again, because a batch in doubt must find them as it left them.
        sorted.ended.forEach(entry -> held.remove(entry.call().lead()));
        sorted.settled.forEach(entry -> held.remove(entry.lead()));
    }

    /** Writes again what this run wrote last, because the database may have lost its last commits. */
    private void restore(Handle handle, @Nullable DoNotCallLog optOuts) throws SQLException, IOException {
        int optOutsBack = optOuts == null ? 0 : optOuts.putBack(handle);
        List<Effect.Entry> again = recent.entries().stream()
                .filter(entry -> !(entry instanceof Effect.LeadSettled settled && held.contains(settled.lead())))
                .toList();
        write(handle, sort(again), true);
        int leads = held.leaseAgain(handle, node);
        LOG.warn(
                "event=database-is-another node={} entries-written-again={} do-not-call-put-back={} leads-leased-again={}",
                node,
                again.size(),
                optOutsBack,
                leads);
    }

    /**
     * Writes a batch. Budgets come after leads, as in every transaction that locks both, so that no transactions wait
     * for each other in a ring.
     *
     * @param settlesLeads false where a newer process has the node's leads
     */
    private void write(Handle handle, Sorted sorted, boolean settlesLeads) throws SQLException {
        List<AttemptEnds.Ended> ended = AttemptEnds.write(handle, sorted.ended);
        KeptPromises.afterAttempts(
                handle, ended.stream().map(AttemptEnds.Ended::entry).toList());
        KeptPromises.afterRefusals(handle, sorted.settled);
        LeadSettlements.write(handle, settlements(ended, sorted.settled), settlesLeads ? node : NOBODY);
        BudgetTable.settle(handle, priced(ended));
        LeadDecisions.write(handle, sorted.decisions);
        AgentEventTable.write(handle, sorted.agents, node);
        SessionTable.write(handle, sorted.signedIn, sorted.signedOut, node);
        AgentEventTable.writeLimits(handle, sorted.limits, node);
        DispositionTable.write(handle, sorted.disposed);
        NoteTable.write(handle, sorted.notes);
        MatterTable.write(handle, sorted.matters, node);
        RecordingTable.write(handle, sorted.recordings);
        DoNotCallTable.write(handle, sorted.optOuts);
        ComplaintTable.openFromCalls(handle, sorted.disposed, complaints);
    }

    private static List<Settlement> settlements(List<AttemptEnds.Ended> ended, List<Effect.LeadSettled> settled) {
        List<Settlement> settlements = new ArrayList<>(ended.size() + settled.size());
        ended.forEach(one -> settlements.add(Settlement.of(one.entry(), one.isNew())));
        settled.forEach(entry -> settlements.add(Settlement.of(entry)));
        return settlements;
    }

    /** Returns the attempts whose reserved money now becomes their cost. */
    private static List<Long> priced(List<AttemptEnds.Ended> ended) {
        return ended.stream()
                .filter(one -> one.isNew() && one.entry().call().cost() != null)
                .map(one -> one.entry().call().call().value())
                .toList();
    }

    private static Sorted sort(List<Effect.Entry> batch) {
        Sorted sorted = new Sorted();
        for (Effect.Entry entry : batch) {
            switch (entry) {
                case Effect.AttemptEnded ended -> sorted.ended.add(ended);
                case Effect.LeadSettled settled -> sorted.settled.add(settled);
                case Effect.LeadFinished finished -> sorted.decisions.add(finished);
                case Effect.CallbackMade made -> sorted.decisions.add(made);
                case Effect.AgentChanged changed -> sorted.agents.add(changed);
                case Effect.SignedIn shift -> sorted.signedIn.add(shift);
                case Effect.SignedOut shift -> sorted.signedOut.add(shift);
                case Effect.LimitPassed passed -> sorted.limits.add(passed);
                case Effect.CallDisposed disposed -> sorted.disposed.add(disposed);
                case Effect.CallNoted noted -> sorted.notes.add(noted);
                case Effect.MatterSet set -> sorted.matters.add(set);
                case Effect.RecordingKept kept -> sorted.recordings.add(kept);
                case Effect.OptedOut out ->
                    sorted.optOuts.add(new DoNotCallEntry(out.e164(), out.entry(), out.atEpochMillis()));
            }
        }
        return sorted;
    }

    /** A batch by kind, each kind in its order. Entries that finish a lead come after those that let it go on. */
    private static final class Sorted {
        final List<Effect.AttemptEnded> ended = new ArrayList<>();
        final List<Effect.LeadSettled> settled = new ArrayList<>();
        /** Agents' decisions on leads, in their order: the last one applies. */
        final List<Effect.Entry> decisions = new ArrayList<>();

        final List<Effect.AgentChanged> agents = new ArrayList<>();
        final List<Effect.SignedIn> signedIn = new ArrayList<>();
        final List<Effect.SignedOut> signedOut = new ArrayList<>();
        final List<Effect.LimitPassed> limits = new ArrayList<>();
        final List<Effect.CallDisposed> disposed = new ArrayList<>();
        final List<Effect.CallNoted> notes = new ArrayList<>();
        final List<Effect.MatterSet> matters = new ArrayList<>();
        final List<Effect.RecordingKept> recordings = new ArrayList<>();
        final List<DoNotCallEntry> optOuts = new ArrayList<>();
    }
}
