package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.SipCounters.Counter;

class EventOutboxTest {

    private final FullInbox inbox = new FullInbox();
    private final SipCounters counters = new SipCounters();
    private final EventOutbox outbox = new EventOutbox(inbox, counters, ThreadWatch.endingTheProcess());

    @Test
    void shouldKeepOrderAndLoseNothingWhileTheInboxIsFull() {
        outbox.start();
        outbox.emit(new CallRinging(new CallId(1)));
        inbox.full = true;
        for (int i = 2; i <= 50; i++) {
            outbox.emit(new CallRinging(new CallId(i)));
        }
        assertThat(inbox.taken).hasSize(1);
        inbox.full = false;
        for (int i = 51; i <= 100; i++) {
            outbox.emit(new CallRinging(new CallId(i)));
        }

        Awaitility.await().until(() -> inbox.taken.size() == 100);
        assertThat(inbox.taken)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 100)
                        .mapToObj(i -> (Event) new CallRinging(new CallId(i)))
                        .toList());
        assertThat(counters.value(Counter.DELAYED_EVENTS)).isGreaterThanOrEqualTo(49);
        outbox.close();
    }

    @Test
    void shouldCloseThoughTheInboxStaysFull() {
        outbox.start();
        inbox.full = true;
        outbox.emit(new CallRinging(new CallId(1)));
        outbox.close();

        assertThat(inbox.taken).isEmpty();
    }

    private static final class FullInbox implements EventSink {
        private final List<Event> taken = new CopyOnWriteArrayList<>();
        private volatile boolean full;

        @Override
        public void publish(Event event) {
            throw new UnsupportedOperationException("would wait");
        }

        @Override
        public boolean offer(Event event) {
            return !full && taken.add(event);
        }
    }
}
