package org.paceline.sip.line;

import io.netty.util.Timeout;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.dialog.OutboundCall;
import org.paceline.sip.media.MediaSession;
import org.paceline.sip.stack.SipCounters.Counter;

/**
 * Carries out the {@link LineWatch} of a phone that is up: looks when it is due, asks by OPTIONS, and hangs up on a phone that is
 * not there.
 *
 * <p>Thread: within the phone's mailbox.
 */
final class PhoneWatch implements LineWatch.Phone {

    private final AgentPhones phones;
    private final MediaSession media;
    private final OutboundCall call;
    private final Mailbox mailbox;
    private final Consumer<String> lost;
    private final long answeredNanos = System.nanoTime();
    private final LineWatch watch;

    private @Nullable Timeout nextLook;
    private boolean stopped;

    /**
     * Begins to watch.
     *
     * @param phones phones with a time-out
     * @param lost takes the reason why the phone counts as gone, just before it is hung up
     */
    PhoneWatch(AgentPhones phones, MediaSession media, OutboundCall call, Mailbox mailbox, Consumer<String> lost) {
        this.phones = phones;
        this.media = media;
        this.call = call;
        this.mailbox = mailbox;
        this.lost = lost;
        watch = new LineWatch(this, phones.timeoutMillis(), ThreadLocalRandom.current());
        lookLater(LineWatch.CHECK_MILLIS);
    }

    /** Runs the task once the phone has shown that it is there, from now on. */
    void confirm(Runnable task) {
        watch.confirm(task, System.nanoTime());
        media.onceHeard(() -> mailbox.run(watch::heard));
        lookLater(LineWatch.PACKET_MILLIS);
    }

    void stop() {
        stopped = true;
        watch.stop();
        stopLooking();
    }

    @Override
    public long heardNanos() {
        long heard = media.heardNanos();
        return heard - answeredNanos > 0 ? heard : answeredNanos;
    }

    @Override
    public void ask() {
        ask(false);
    }

    @Override
    public void askOutside() {
        ask(true);
    }

    @Override
    public void lost(String reason) {
        phones.counters().add(Counter.PHONES_LOST);
        lost.accept(reason);
        call.hangUp();
    }

    private void ask(boolean outside) {
        phones.counters().add(Counter.PHONES_ASKED);
        call.ask(outside, status -> {
            if (!stopped) {
                watch.answered(status, outside, System.nanoTime());
            }
        });
    }

    private void lookLater(long millis) {
        stopLooking();
        nextLook = phones.calls().endpoint().after(millis, () -> mailbox.run(this::look));
    }

    private void look() {
        long next = stopped ? 0 : watch.check(System.nanoTime());
        if (next > 0) {
            lookLater(next);
        }
    }

    private void stopLooking() {
        if (nextLook != null) {
            nextLook.cancel();
            nextLook = null;
        }
    }
}
