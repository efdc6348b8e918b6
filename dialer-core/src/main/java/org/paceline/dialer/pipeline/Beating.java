package org.paceline.dialer.pipeline;

import com.lmax.disruptor.EventHandler;
import org.paceline.dialer.threads.Heartbeat;

/**
 * A ring's consumer that gives a sign of life with each event, and while none come.
 *
 * <p>Thread: the consumer's.
 */
record Beating<T>(EventHandler<T> consumer, Heartbeat heartbeat) implements EventHandler<T> {

    @Override
    public void onEvent(T event, long sequence, boolean endOfBatch) throws Exception {
        heartbeat.beat();
        consumer.onEvent(event, sequence, endOfBatch);
    }

    @Override
    public void onTimeout(long sequence) throws Exception {
        heartbeat.beat();
        consumer.onTimeout(sequence);
    }
}
