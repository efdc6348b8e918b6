package org.paceline.dialer.port;

import java.util.List;
import org.paceline.dialer.event.Effect;

/**
 * Keeps what happened, behind the calls. Thread: {@code store} only; may block.
 */
public interface Store {

    /**
     * Writes a batch, in order, in one transaction.
     *
     * @throws Exception when the batch could not be written; then nothing of it is, and the same batch is given again
     */
    void write(List<Effect.Entry> batch) throws Exception;
}
