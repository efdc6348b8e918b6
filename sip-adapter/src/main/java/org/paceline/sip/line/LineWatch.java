package org.paceline.sip.line;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Watches whether the phone on a line is there. A phone that sends RTP is there. A quiet phone is asked by OPTIONS: a
 * muted phone answers and stays; a phone that neither sends nor answers has lost its power or its network and is off
 * the line. A phone that says that it does not know the call has been restarted (481, RFC 3261 §12.2.1.2).
 *
 * <p>A join with a customer is confirmed only once the phone has shown, after the join, that it is there.
 *
 * <p>Thread: within the phone's mailbox. Time is a parameter.
 */
final class LineWatch {

    /** How long a phone may be quiet before it is asked: 50 packets of 20 ms. */
    static final long QUIET_MILLIS = 1_000;

    /** The time between two looks at a phone that sends. */
    static final long CHECK_MILLIS = 500;

    /**
     * The time between two questions to a phone that stays quiet and answers; a fifth more or less, so that the
     * questions spread.
     */
    static final long ASK_EVERY_MILLIS = 10_000;

    /**
     * How long a question may go unanswered before it is also asked outside of the call, because not every phone
     * answers within the call.
     */
    static final long ASK_OUTSIDE_MILLIS = 400;

    /**
     * How long a phone may take to show itself after a customer was joined with it; a phone that sends shows itself in
     * 20 ms.
     */
    static final long JOIN_LIMIT_MILLIS = 1_000;

    /** How recent the last packet of a phone is that counts as sending. */
    static final long PACKET_MILLIS = 100;

    private static final int NOT_KNOWN = 481;

    private final Phone phone;
    private final long answerLimitMillis;
    private final long askEveryNanos;
    private final List<Runnable> confirmations = new ArrayList<>();

    private long joinedNanos;
    private long shownNanos;
    private boolean asking;
    private boolean askedOutside;
    private long askedNanos;
    private boolean over;

    /** The phone as the watch sees and controls it. */
    interface Phone {
        /** When the phone last sent a packet, or answered the call. */
        long heardNanos();

        /** Asks by OPTIONS within the call; the answer goes to {@link LineWatch#answered}. */
        void ask();

        /** Asks by OPTIONS outside of the call. */
        void askOutside();

        /** @param reason one line for people */
        void lost(String reason);
    }

    /** @param timeoutMillis how long a phone may neither send nor answer, more than {@value #QUIET_MILLIS} */
    LineWatch(Phone phone, long timeoutMillis, RandomGenerator random) {
        this.phone = phone;
        this.answerLimitMillis = timeoutMillis - QUIET_MILLIS;
        this.askEveryNanos = nanos((long) (ASK_EVERY_MILLIS * (0.8 + 0.4 * random.nextDouble())));
        this.shownNanos = phone.heardNanos();
    }

    /** @return when to look at the phone again, milliseconds; 0 for never */
    long check(long nowNanos) {
        if (over) {
            return 0;
        }
        long heard = phone.heardNanos();
        if (heard - shownNanos > 0) {
            shown(heard);
        }
        if (asking) {
            long waited = TimeUnit.NANOSECONDS.toMillis(nowNanos - askedNanos);
            long limit = confirmations.isEmpty() ? answerLimitMillis : Math.min(answerLimitMillis, JOIN_LIMIT_MILLIS);
            if (waited >= limit) {
                lost("the phone sent nothing for " + seconds(nowNanos - shownNanos) + " s and answers no OPTIONS");
                return 0;
            }
            if (waited >= ASK_OUTSIDE_MILLIS && !askedOutside) {
                askedOutside = true;
                phone.askOutside();
            }
        } else if (isDue(nowNanos)) {
            ask(nowNanos);
        }
        return asking || !confirmations.isEmpty() ? PACKET_MILLIS : CHECK_MILLIS;
    }

    /**
     * Runs the task, after a customer was joined with the phone, once the phone has shown from now on that it is there.
     */
    void confirm(Runnable task, long nowNanos) {
        if (over) {
            return;
        }
        joinedNanos = confirmations.isEmpty() ? nowNanos : joinedNanos;
        confirmations.add(task);
        if (nowNanos - phone.heardNanos() > nanos(PACKET_MILLIS)) {
            ask(nowNanos);
        }
    }

    /** Takes note that a packet of the phone came after the join. */
    void heard() {
        if (!over) {
            shown(phone.heardNanos());
        }
    }

    /** Takes a response to OPTIONS. */
    void answered(int status, boolean outside, long nowNanos) {
        if (over) {
            return;
        }
        if (status == NOT_KNOWN && !outside) {
            lost("the phone does not know the call any more");
        } else {
            shown(nowNanos);
        }
    }

    void stop() {
        over = true;
        confirmations.clear();
    }

    private boolean isDue(long nowNanos) {
        boolean quiet = nowNanos - phone.heardNanos() >= nanos(QUIET_MILLIS);
        boolean joined = !confirmations.isEmpty() && nowNanos - joinedNanos >= nanos(PACKET_MILLIS);
        boolean rested = askedNanos == 0 || nowNanos - askedNanos >= askEveryNanos;
        boolean spoke = askedNanos != 0 && phone.heardNanos() - askedNanos > 0;
        return joined || (quiet && (rested || spoke));
    }

    private void ask(long nowNanos) {
        if (!asking) {
            asking = true;
            askedOutside = false;
            askedNanos = nowNanos;
            phone.ask();
        }
    }

    private void shown(long atNanos) {
        shownNanos = atNanos;
        asking = asking && atNanos - askedNanos < 0;
        if (!confirmations.isEmpty() && atNanos - joinedNanos >= 0) {
            List<Runnable> confirmed = List.copyOf(confirmations);
            confirmations.clear();
            confirmed.forEach(Runnable::run);
        }
    }

    private void lost(String reason) {
        stop();
        phone.lost(reason);
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static String seconds(long nanos) {
        return Long.toString(Math.max(1, Math.round(nanos / 1e9)));
    }
}
