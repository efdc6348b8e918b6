package org.paceline.dialer.simulation;

import org.paceline.dialer.event.Effect;

/** The simulated store of what happened. Thread: the world's. */
@FunctionalInterface
public interface EntryStore {

    /** Takes the entry; a {@code EntriesStored} that counts it must follow. */
    void keep(Effect.Entry entry);
}
