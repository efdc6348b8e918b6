package org.paceline.dialer.pipeline;

import org.jspecify.annotations.Nullable;

/** A place in a ring: one reference to an immutable record, cleared once it is taken. */
final class Slot<T> {
    private @Nullable T value;

    void put(T next) {
        value = next;
    }

    T take() {
        T taken = value;
        if (taken == null) {
            throw new IllegalStateException("slot is empty");
        }
        value = null;
        return taken;
    }
}
