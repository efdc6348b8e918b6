package org.paceline.dialer.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallId;
import org.paceline.dialer.engine.Event;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.dialer.port.AttemptJournal.CapReached;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.port.Telephony;
import org.paceline.dialer.time.MomentSource;

/**
 * Records each batch of attempts in one transaction, then dials what was recorded. While the database does not take a
 * batch, it is given again and nothing is dialled.
 *
 * <p>Thread: {@code dialer-journal} only.
 */
final class Dialer implements EventHandler<Slot<Attempt>> {
    private final AttemptJournal journal;
    private final Telephony telephony;
    private final EventSink inbox;
    private final MomentSource moments;
    private final Retries retries;
    private final int maxBatch;
    private final List<Attempt> batch = new ArrayList<>();

    Dialer(
            AttemptJournal journal,
            Telephony telephony,
            EventSink inbox,
            MomentSource moments,
            Retries retries,
            int maxBatch) {
        this.journal = journal;
        this.telephony = telephony;
        this.inbox = inbox;
        this.moments = moments;
        this.retries = retries;
        this.maxBatch = maxBatch;
    }

    @Override
    public void onEvent(Slot<Attempt> slot, long sequence, boolean endOfBatch) {
        batch.add(slot.take());
        if (endOfBatch || batch.size() >= maxBatch) {
            recordAndDial();
            batch.clear();
        }
    }

    private void recordAndDial() {
        List<@Nullable CapReached> answers = record();
        if (answers == null) {
            return; // closing: what is not recorded is not dialled
        }
        List<CallId> dialled = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Attempt attempt = batch.get(i);
            CapReached against = answers.get(i);
            if (against != null) {
                inbox.publish(new Event.AttemptRefused(
                        attempt.call(), against.ruleId(), against.attemptsEpochMillis(), against.spentElsewhere()));
            } else if (moments.now().nanos() - attempt.staleAfterNanos() > 0) {
                inbox.publish(new Event.AttemptStale(attempt.call()));
            } else {
                telephony.dial(attempt.call(), attempt.order());
                dialled.add(attempt.call());
            }
        }
        if (!dialled.isEmpty()) {
            inbox.publish(new Event.AttemptsRecorded(dialled));
        }
    }

    private @Nullable List<@Nullable CapReached> record() {
        while (true) {
            try {
                List<@Nullable CapReached> answers = journal.record(batch);
                retries.succeeded();
                return answers;
            } catch (JournalUnavailableException e) {
                if (!retries.waitBeforeNext(e)) {
                    return null;
                }
            }
        }
    }
}
