package org.paceline.sip.line;

import io.netty.util.Timeout;
import java.text.ParseException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.LineLost;
import org.paceline.dialer.event.Event.LineOpened;
import org.paceline.dialer.id.AgentId;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.registrar.Binding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's standing line. It is called until it is up, and again when it drops, after 1, 2, 4 … 30 seconds, until it
 * is closed. Where the agent's phones register and none is there, it waits for one.
 *
 * <p>Thread: any; the state is only used within its {@link Mailbox}.
 */
final class AgentLine implements PhoneListener {

    private static final Logger LOG = LoggerFactory.getLogger(AgentLine.class);
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LONGEST_RETRY_MILLIS = 30_000;
    /** How long the agent's phone may ring. */
    private static final long RING_MILLIS = 60_000;

    private enum State {
        CALLING,
        UP,
        /** The line is up, but the phone holds the call and hears nobody. */
        ON_HOLD,
        /** The line waits to be called again. */
        WAITING,
        CLOSED
    }

    private final AgentId agent;
    private final AgentAddress at;
    private final AgentPhones phones;
    private final Consumer<Event> events;
    private final Mailbox mailbox = new Mailbox(this::taskFailed);

    private State state = State.WAITING;
    private boolean lossReported;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private @Nullable PhoneCall call;
    private volatile @Nullable PhoneCall onTheLine;
    private @Nullable Timeout timer;

    AgentLine(AgentId agent, AgentAddress at, AgentPhones phones, Consumer<Event> events) {
        this.agent = agent;
        this.at = at;
        this.phones = phones;
        this.events = events;
    }

    AgentAddress address() {
        return at;
    }

    /** Returns the phone while the line is up. */
    @Nullable
    PhoneCall phone() {
        return onTheLine;
    }

    void open() {
        mailbox.run(this::callPhone);
    }

    void close() {
        mailbox.run(() -> {
            state = State.CLOSED;
            onTheLine = null;
            stopTimer();
            if (call != null) {
                call.dismiss();
                call = null;
            }
        });
    }

    private void callPhone() {
        if (state != State.WAITING) {
            return;
        }
        List<PhoneWay> ways;
        try {
            ways = phones.ways(agent, at);
        } catch (ParseException e) {
            state = State.CLOSED;
            events.accept(new LineLost(agent, e.getMessage() + "; not tried again"));
            return;
        }
        if (ways.isEmpty()) {
            tellLoss(AgentPhones.NONE_REGISTERED);
            return;
        }
        state = State.CALLING;
        PhoneCall next = new PhoneCall(new PhoneTarget(agent, ways, null), phones, this, mailbox);
        call = next;
        timer = after(RING_MILLIS, next::cancel);
        next.start();
    }

    @Override
    public void up() {
        stopTimer();
        state = State.UP;
        onTheLine = call;
        retryMillis = FIRST_RETRY_MILLIS;
        lossReported = false;
        LOG.info("agent={} line=up", agent);
        events.accept(new LineOpened(agent));
    }

    @Override
    public void failed(String reason) {
        onTheLine = null;
        stopTimer();
        call = null;
        state = State.WAITING;
        LOG.info("agent={} line=down retry_ms={} reason=\"{}\"", agent, retryMillis, reason);
        tellLoss(reason);
        timer = after(retryMillis, this::open);
        retryMillis = Math.min(2 * retryMillis, LONGEST_RETRY_MILLIS);
    }

    private void tellLoss(String reason) {
        if (!lossReported) {
            lossReported = true;
            events.accept(new LineLost(agent, reason));
        }
    }

    /** A phone of the agent registered: one that is waited for is called at once. */
    void phoneCame() {
        mailbox.run(() -> {
            if (state == State.WAITING) {
                stopTimer();
                retryMillis = FIRST_RETRY_MILLIS;
                callPhone();
            }
        });
    }

    /**
     * A phone of the agent is registered no more. The line is over where that phone is on it and said so itself; where its
     * registration only lapsed, the line stays for as long as the phone shows that it is there.
     */
    void phoneLeft(Binding phone, boolean isTakenBack, String reason) {
        mailbox.run(() -> {
            PhoneCall current = call;
            Binding called = current == null ? null : current.binding();
            boolean isUp = state == State.UP || state == State.ON_HOLD;
            if (current != null && isUp && called != null && called.isSamePlace(phone)) {
                if (isTakenBack || phones.timeoutMillis() == 0) {
                    ended(reason);
                    current.dismiss();
                } else {
                    LOG.info("agent={} line=stays reason=\"{}, and the phone is there\"", agent, reason);
                }
            }
        });
    }

    @Override
    public void ended(String reason) {
        lossReported = false;
        failed(reason);
    }

    @Override
    public void held() {
        if (state == State.UP) {
            state = State.ON_HOLD;
            onTheLine = null;
            events.accept(new LineLost(agent, "the phone has the line on hold"));
        }
    }

    @Override
    public void resumed() {
        if (state == State.ON_HOLD) {
            state = State.UP;
            onTheLine = call;
            events.accept(new LineOpened(agent));
        }
    }

    @Override
    public void lost(String reason) {
        ended(reason);
    }

    /** Hangs up, and calls the phone again later, after a task of the line or of its call failed. */
    private void taskFailed(Throwable thrown) {
        LOG.error("agent={} reason=\"a task of the line failed\"", agent, thrown);
        PhoneCall current = call;
        String reason = "a task failed: " + thrown;
        switch (state) {
            case CALLING -> failed(reason);
            case UP, ON_HOLD -> ended(reason);
            case WAITING, CLOSED -> {}
        }
        if (current != null) {
            current.dismiss();
        }
    }

    private Timeout after(long millis, Runnable action) {
        return phones.calls().endpoint().after(millis, action);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
