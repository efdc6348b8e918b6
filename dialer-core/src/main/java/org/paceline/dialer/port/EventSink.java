package org.paceline.dialer.port;

import org.paceline.dialer.event.Event;

/**
 * The way into the engine.
 *
 * <p>Thread: any. When the inbox is full {@link #publish} waits, and {@link #offer} returns false: a caller that may
 * neither wait nor lose an event keeps its events in order and offers again.
 */
public interface EventSink {

    void publish(Event event);

    /** @return false when the inbox is full; nothing was taken */
    boolean offer(Event event);
}
