package org.paceline.sip.stack;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.sip.stack.Door.Entry;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.wire.RawHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that take messages from sockets and connections into the stack. Messages of one call keep their order. No
 * message, of whatever kind, ends a receive thread: exceptions, and input so deep that it overflows the stack, are counted.
 * Any other error is ours, and ends the process.
 */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final long LIMIT_MILLIS = 10_000;

    private final Entrance entrance;
    private final CallLanes lanes;
    private final GuardedParser parser = new GuardedParser();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isRunning = true;

    /** Makes the threads, which do nothing before {@link #start}. */
    Intake(Entrance entrance) {
        this.entrance = entrance;
        lanes = new CallLanes(entrance.receiveThreads(), entrance.counters());
        for (int i = 0; i < entrance.receiveThreads(); i++) {
            int lane = i;
            threads.add(entrance.watch().thread("sip-receive-" + i, LIMIT_MILLIS, beat -> receive(lane, beat)));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void stop() {
        isRunning = false;
        threads.forEach(Thread::interrupt);
    }

    /** Takes a message that was let in. */
    void offer(Arrival arrival, Entry entry, int callHash) {
        lanes.offer(arrival, entry, callHash);
    }

    private void receive(int lane, Heartbeat heartbeat) {
        while (isRunning) {
            try {
                heartbeat.idle();
                Arrival next = lanes.take(lane);
                heartbeat.beat();
                handle(next);
            } catch (InterruptedException _) {
                // An interrupt only stops the thread; a stray one does not matter.
            } catch (Exception | StackOverflowError e) {
                failed("a SIP message could not be handled", e);
            }
        }
    }

    private void handle(Arrival arrival) throws Exception {
        SIPMessage message;
        try {
            message = parser.parse(arrival.bytes());
        } catch (MalformedMessage e) {
            entrance.counters().add(Counter.MALFORMED_MESSAGES);
            refuse(arrival, e);
            return;
        }
        if (message instanceof SIPRequest request
                && !entrance.peers().contains(arrival.address())
                && !entrance.user().isWithinCall(request)
                && !isRegistering(request)) {
            // It has the Call-ID of a call, but not its tags.
            entrance.counters().add(Counter.DROPPED_REQUESTS);
            return;
        }
        arrival.origin().channel().processMessage(message);
    }

    private boolean isRegistering(SIPRequest request) {
        return Request.REGISTER.equals(request.getMethod())
                && request.getTo().getAddress().getURI() instanceof SipUri uri
                && uri.getUser() != null
                && entrance.user().expects(uri.getUser());
    }

    /** Answers a peer's request that cannot be taken; a response or a stranger's request is not answered. */
    private void refuse(Arrival arrival, MalformedMessage why) throws IOException {
        if (!entrance.peers().contains(arrival.address())) {
            return;
        }
        byte @Nullable [] reply = refusal(arrival.bytes(), why.status(), String.valueOf(why.getMessage()));
        if (reply != null) {
            arrival.origin().send(reply);
        }
    }

    /** Returns what a request that cannot be taken is answered with; null for a response. */
    byte @Nullable [] refusal(byte[] bytes, int status, String reason) {
        return RawHeaders.isResponse(bytes, RawHeaders.start(bytes, bytes.length), bytes.length)
                ? null
                : RawReply.to(bytes, status, reason, entrance.seal().tag());
    }

    /** Counts an error, and logs it: the first with its stack, then at every doubling of their number. */
    void failed(String what, Throwable e) {
        entrance.counters().add(Counter.RECEIVE_ERRORS);
        long errors = entrance.counters().value(Counter.RECEIVE_ERRORS);
        if (errors == 1) {
            LOG.error(what, e);
        } else if (Long.bitCount(errors) == 1) {
            LOG.error("{} errors={} last=\"{}\"", what, errors, e.toString());
        }
    }
}
