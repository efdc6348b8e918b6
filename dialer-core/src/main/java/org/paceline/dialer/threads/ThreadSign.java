package org.paceline.dialer.threads;

/**
 * The state of a thread when it was asked for.
 *
 * @param ageMillis since its last sign of life; 0 while it waits for work that may never come
 * @param limitMillis how old the sign may be before the thread counts as hanging
 * @param dead whether something that it did not expect ended the thread
 */
public record ThreadSign(String thread, long ageMillis, long limitMillis, boolean dead) {

    /** Whether it is neither dead nor hanging. */
    public boolean isAlive() {
        return !dead && ageMillis <= limitMillis;
    }
}
