package org.paceline.dialer.threads;

/**
 * How a thread was when somebody asked.
 *
 * @param ageMillis since its last sign of life; 0 while it waits for work that may never come
 * @param limitMillis an older sign means that it hangs
 * @param dead whether something ended it that it did not expect
 */
public record ThreadSign(String thread, long ageMillis, long limitMillis, boolean dead) {

    /** Whether it is neither dead nor hanging. */
    public boolean isAlive() {
        return !dead && ageMillis <= limitMillis;
    }
}
