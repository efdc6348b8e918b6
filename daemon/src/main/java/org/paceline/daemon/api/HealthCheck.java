package org.paceline.daemon.api;

import java.util.List;
import org.paceline.dialer.threads.ThreadSign;

/**
 * One thing that the daemon needs in order to dial.
 *
 * @param name {@code database}, {@code trunk:main}, {@code recorder}
 * @param up whether it is there
 * @param critical whether nothing is dialled while it is down
 * @param detail one line for people
 */
public record HealthCheck(String name, boolean up, boolean critical, String detail) {

    /** Asks for all checks. Thread: any; may wait a second. */
    @FunctionalInterface
    public interface Source {
        List<HealthCheck> checks();

        /** Every thread, with its last sign of life; never waits. */
        default List<ThreadSign> threads() {
            return List.of();
        }
    }
}
