package org.paceline.dialer.pacing;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.paceline.rules.AbandonmentTerms;

/**
 * A campaign's abandonment ledgers, one for each policy that has terms; all of them must hold.
 *
 * <p>Thread: engine only.
 */
public final class AbandonmentBooks {
    private final ZoneId zone;
    private List<AbandonmentLedger> ledgers = List.of();
    private List<AnsweredCalls> elsewhere = List.of();
    private final List<AnsweredCalls> own = new ArrayList<>();

    /** @param zone the call centre's time zone */
    public AbandonmentBooks(List<AbandonmentTerms> terms, ZoneId zone) {
        this.zone = zone;
        open(terms);
    }

    /** Puts changed terms in force; what was counted counts under them. */
    public void configure(List<AbandonmentTerms> terms) {
        if (!ledgers.stream().map(AbandonmentLedger::terms).toList().equals(terms)) {
            open(terms);
        }
    }

    /**
     * Takes the calls of earlier runs and other nodes, as the database knows them now; they replace those told before.
     */
    public void elsewhere(List<AnsweredCalls> calls) {
        elsewhere = List.copyOf(calls);
        open(ledgers.stream().map(AbandonmentLedger::terms).toList());
    }

    private void open(List<AbandonmentTerms> terms) {
        ledgers = terms.stream().map(of -> new AbandonmentLedger(of, zone)).toList();
        for (AbandonmentLedger ledger : ledgers) {
            elsewhere.forEach(ledger::remember);
            own.forEach(ledger::remember);
        }
    }

    /** A person answered. */
    public void answered(long atEpochMillis) {
        own(atEpochMillis, new AnsweredCalls(atEpochMillis, 1, 0, 0));
        ledgers.forEach(ledger -> ledger.answered(atEpochMillis));
    }

    /** A machine or a fax answered. */
    public void answeredByMachine(long atEpochMillis) {
        own(atEpochMillis, new AnsweredCalls(atEpochMillis, 0, 1, 0));
        ledgers.forEach(ledger -> ledger.answeredByMachine(atEpochMillis));
    }

    /** An answered call, already counted as such, was abandoned. */
    public void abandoned(long atEpochMillis) {
        own(atEpochMillis, new AnsweredCalls(atEpochMillis, 0, 0, 1));
        ledgers.forEach(ledger -> ledger.abandoned(atEpochMillis));
    }

    /** Keeps this run's calls by the minute, so that changed terms can count them. */
    private void own(long atEpochMillis, AnsweredCalls calls) {
        int last = own.size() - 1;
        if (last >= 0 && own.get(last).atEpochMillis() / 60_000 == atEpochMillis / 60_000) {
            AnsweredCalls before = own.get(last);
            own.set(
                    last,
                    new AnsweredCalls(
                            before.atEpochMillis(),
                            before.answeredByPerson() + calls.answeredByPerson(),
                            before.answeredByMachine() + calls.answeredByMachine(),
                            before.abandoned() + calls.abandoned()));
        } else {
            own.add(calls);
        }
    }

    /** Forgets what has left the windows. */
    public void advance(long nowEpochMillis) {
        for (AbandonmentLedger ledger : ledgers) {
            ledger.advance(nowEpochMillis);
        }
        long oldest = nowEpochMillis - AbandonmentTerms.LONGEST_WINDOW.toMillis();
        while (!own.isEmpty() && own.getFirst().atEpochMillis() < oldest) {
            own.removeFirst();
        }
    }

    public List<AbandonmentLedger> ledgers() {
        return ledgers;
    }

    /** The ledger that has the fewest abandoned calls left. */
    public AbandonmentLedger tightest() {
        AbandonmentLedger tightest = ledgers.getFirst();
        for (AbandonmentLedger ledger : ledgers) {
            if (ledger.abandonsLeft() < tightest.abandonsLeft()) {
                tightest = ledger;
            }
        }
        return tightest;
    }
}
