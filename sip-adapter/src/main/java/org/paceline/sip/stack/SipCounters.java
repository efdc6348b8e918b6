package org.paceline.sip.stack;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on the wire, for metrics. Thread: any. */
public final class SipCounters {

    /** The things that are counted, since the start. */
    public enum Counter {
        /** OPTIONS to agents' phones that sent nothing. */
        PHONES_ASKED,
        /** Agents' phones that neither sent nor answered, or had forgotten the call. */
        PHONES_LOST,
        /** Calls to called parties. */
        CALLS_DIALLED,
        /** INVITEs to another address of the trunk, because one before did not take the call. */
        CALLS_FAILED_OVER,
        /** 2xx that came after we had given up the call; answered with ACK and BYE. */
        LATE_ANSWERS,
        /** 2xx of a second branch of a forked call; answered with ACK and BYE. */
        FORKED_ANSWERS,
        /** 2xx received again and acknowledged again. */
        RETRANSMITTED_ANSWERS,
        /** Cancelled calls that had no final answer within 64·T1. */
        UNANSWERED_CANCELS,
        /** Responses to nothing that we sent, dropped; most of them before they are parsed. */
        STRAY_RESPONSES,
        /** Messages that could not be parsed; such a request of a peer is answered. */
        MALFORMED_MESSAGES,
        /** Requests of strangers that are not within a call, dropped without an answer. */
        DROPPED_REQUESTS,
        /** REGISTERs for agents' phones. */
        REGISTERS,
        /** REGISTERs with a wrong password, or of somebody who gave too many of them. */
        REGISTERS_REFUSED,
        /** Datagrams beyond what one peer, or one call, may send in a second, dropped without an answer. */
        LIMITED_MESSAGES,
        /** Datagrams dropped because they waited too long or too many waited. */
        OVERLOAD_DROPS,
        /** Connections of strangers, or one too many of a peer, closed before anything was read. */
        REFUSED_CONNECTIONS,
        /** Connections that were tried and never came to stand. */
        FAILED_CONNECTIONS,
        /** Errors that ended the handling of one message, and would have ended its thread. */
        RECEIVE_ERRORS,
        /** Events that had to wait because the engine's inbox was full. */
        DELAYED_EVENTS
    }

    private final EnumMap<Counter, LongAdder> values = new EnumMap<>(Counter.class);

    public SipCounters() {
        for (Counter counter : Counter.values()) {
            values.put(counter, new LongAdder());
        }
    }

    public void add(Counter counter) {
        adder(counter).increment();
    }

    public long value(Counter counter) {
        return adder(counter).sum();
    }

    private LongAdder adder(Counter counter) {
        return Objects.requireNonNull(values.get(counter));
    }

    /** Returns all values by name, lower case with {@code _}, sorted by name. */
    public Map<String, Long> snapshot() {
        Map<String, Long> all = new TreeMap<>();
        for (Counter counter : Counter.values()) {
            all.put(counter.name().toLowerCase(Locale.ROOT), value(counter));
        }
        return Collections.unmodifiableMap(all);
    }
}
