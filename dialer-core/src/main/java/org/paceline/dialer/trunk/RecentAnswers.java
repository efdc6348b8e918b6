package org.paceline.dialer.trunk;

/**
 * Which of the last {@value #SPAN} attempts a person answered; a bit for each, the newest lowest.
 *
 * <p>Thread: any (immutable).
 */
record RecentAnswers(long newer, long older) {
    static final int SPAN = 2 * Long.SIZE;
    static final RecentAnswers NONE = new RecentAnswers(0, 0);

    RecentAnswers and(boolean isAnswered) {
        return new RecentAnswers(newer << 1 | (isAnswered ? 1 : 0), older << 1 | newer >>> (Long.SIZE - 1));
    }

    int answered() {
        return Long.bitCount(newer) + Long.bitCount(older);
    }
}
