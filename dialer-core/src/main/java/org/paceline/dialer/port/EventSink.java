package org.paceline.dialer.port;

import org.paceline.dialer.event.Event;

/**
 * The way into the engine.
 *
 * <p>Thread: any. When the inbox is full {@link #publish} waits, and {@link #offer} says no: who may neither wait nor
 * lose an event keeps its own order and offers again.
 */
public interface EventSink {

    void publish(Event event);

    /** @return false when the inbox is full; nothing was taken */
    boolean offer(Event event);
}
