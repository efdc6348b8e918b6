package org.paceline.sip.call;

import io.netty.util.Timeout;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Outcome;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.stack.SipEndpoint;

/**
 * Limits how long a call may go unanswered, and decides what the call counts as then.
 *
 * <p>Thread: within the call's mailbox.
 */
final class RingLimit {

    /**
     * How much longer than its ring limit a call may go without ringing, so that a phone does not ring for less than
     * the law requires because the trunk took long to reach it.
     */
    private static final long POST_DIAL_MILLIS = 20_000;

    private final long ringMillis;
    private final SipEndpoint endpoint;
    private final Mailbox mailbox;
    private final Consumer<Outcome> exceeded;
    private @Nullable Timeout timer;

    /** @param exceeded takes what the call counts as, within the mailbox */
    RingLimit(long ringMillis, SipEndpoint endpoint, Mailbox mailbox, Consumer<Outcome> exceeded) {
        this.ringMillis = ringMillis;
        this.endpoint = endpoint;
        this.mailbox = mailbox;
        this.exceeded = exceeded;
    }

    /** @param unlessItRings what the call counts as if it never rings */
    void dialled(Outcome unlessItRings) {
        start(ringMillis + POST_DIAL_MILLIS, unlessItRings);
    }

    /** The call rings from now on. */
    void rings() {
        start(ringMillis, Outcome.NO_ANSWER);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void start(long millis, Outcome then) {
        stop();
        timer = endpoint.after(millis, () -> mailbox.run(() -> exceeded.accept(then)));
    }
}
