package org.paceline.dialer.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.dialer.port.AttemptJournal.CapReached;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.time.MomentSource;

/**
 * Stores each batch of attempts in one transaction and tells the engine, which has them dialled. An attempt that was
 * not sent is taken back before any attempt that was planned after it is stored. While the database does not take a
 * batch, the batch is given again and nothing is dialled.
 *
 * <p>Thread: {@code dialer-journal} only.
 */
final class JournalWriter implements EventHandler<Slot<Effect.Journaled>> {
    private final AttemptJournal journal;
    private final EventSink inbox;
    private final MomentSource moments;
    private final Retries retries;
    private final int maxBatch;
    private final List<Attempt> batch = new ArrayList<>();
    private final List<Effect.TakeBack> takenBack = new ArrayList<>();

    JournalWriter(AttemptJournal journal, EventSink inbox, MomentSource moments, Retries retries, int maxBatch) {
        this.journal = journal;
        this.inbox = inbox;
        this.moments = moments;
        this.retries = retries;
        this.maxBatch = maxBatch;
    }

    @Override
    public void onEvent(Slot<Effect.Journaled> slot, long sequence, boolean endOfBatch) {
        switch (slot.take()) {
            case Effect.PlaceCall place -> {
                takeBack();
                batch.add(place.attempt());
            }
            case Effect.TakeBack back -> {
                write();
                takenBack.add(back);
            }
        }
        if (endOfBatch || batch.size() + takenBack.size() >= maxBatch) {
            takeBack();
            write();
        }
    }

    private void takeBack() {
        if (takenBack.isEmpty()) {
            return;
        }
        try {
            untilTaken(() -> {
                journal.takeBack(takenBack);
                return takenBack;
            });
        } finally {
            takenBack.clear();
        }
    }

    private void write() {
        if (batch.isEmpty()) {
            return;
        }
        try {
            long begun = moments.now().nanos();
            List<@Nullable CapReached> answers = untilTaken(() -> journal.append(batch));
            if (answers != null) { // else it is closing: an attempt that is not stored is not dialled
                tell(answers, moments.now().nanos() - begun);
            }
        } finally {
            batch.clear();
        }
    }

    private void tell(List<@Nullable CapReached> answers, long nanos) {
        List<CallId> stored = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            CapReached against = answers.get(i);
            if (against == null) {
                stored.add(batch.get(i).call());
            } else {
                inbox.publish(new Event.AttemptRefused(
                        batch.get(i).call(), against.rule(), against.attemptsEpochMillis(), against.spentElsewhere()));
            }
        }
        inbox.publish(new Event.AttemptsJournaled(stored, nanos));
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws JournalUnavailableException;
    }

    /** @return null when the pipeline closes before the database took the work */
    private <T> @Nullable T untilTaken(Work<T> work) {
        while (true) {
            try {
                T done = work.run();
                retries.succeeded();
                return done;
            } catch (JournalUnavailableException e) {
                if (!retries.waitBeforeNext(e)) {
                    return null;
                }
            }
        }
    }
}
