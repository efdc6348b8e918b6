package org.paceline.sip.call;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.GreetingBegan;
import org.paceline.dialer.event.Event.GreetingEnded;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.media.GreetingListener;

/** Reports a customer's first words, timed from the answer. Thread: media loop. */
record GreetingEvents(CallId call, long answeredNanos, Consumer<Event> events) implements GreetingListener {

    @Override
    public void greetingBegan(long atNanos) {
        events.accept(new GreetingBegan(call, sinceAnswer(atNanos)));
    }

    @Override
    public void greetingEnded(long atNanos) {
        events.accept(new GreetingEnded(call, sinceAnswer(atNanos)));
    }

    private long sinceAnswer(long atNanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(atNanos - answeredNanos));
    }
}
