package org.paceline.sip;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.port.EventSink;

/** An inbox that keeps everything. */
public final class RecordedEvents implements EventSink {

    private final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public void publish(Event event) {
        events.add(event);
    }

    @Override
    public boolean offer(Event event) {
        return events.add(event);
    }

    public List<Event> all() {
        return List.copyOf(events);
    }

    public <T extends Event> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What was said of one call, in order. */
    public List<Event> of(CallId call) {
        return events.stream().filter(event -> call.equals(callOf(event))).toList();
    }

    /** How many endings each call of the range had is exactly one. */
    public long endings() {
        return events.stream()
                .filter(event -> event instanceof Event.CallFailed || event instanceof Event.CallHungUp)
                .count();
    }

    private static CallId callOf(Event event) {
        return switch (event) {
            case Event.CallRinging ringing -> ringing.call();
            case Event.CallAnswered answered -> answered.call();
            case Event.GreetingBegan began -> began.call();
            case Event.GreetingEnded ended -> ended.call();
            case Event.CallConnected connected -> connected.call();
            case Event.CallFailed failed -> failed.call();
            case Event.CallHungUp hungUp -> hungUp.call();
            default -> new CallId(-1);
        };
    }
}
