package org.paceline.daemon.run;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.trace.SipTrace;
import org.paceline.dialer.id.TrunkId;
import org.paceline.rules.PhoneNumber;
import org.paceline.sip.SipTelephony;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.trace.MessageTrace;
import org.paceline.sip.trace.TraceFilter;
import org.paceline.sip.trace.TraceMark;
import org.paceline.sip.trace.TracedMessage;
import org.paceline.yaml.ScalarType;

/** The ring of SIP messages as the API sees it. Thread: any. */
final class TelephonyTrace implements SipTrace {
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);
    private static final Pattern NEXT = Pattern.compile("([0-9a-z]{1,13})-(\\d{1,18})-(\\d{1,18})");

    private final SipTelephony telephony;
    /** Names this run, so that a page of another one is not taken up. */
    private final String run = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);

    TelephonyTrace(SipTelephony telephony) {
        this.telephony = telephony;
    }

    @Override
    public boolean isOn() {
        return telephony.trace() != null;
    }

    @Override
    public Page find(Query query, @Nullable String after, int most) {
        MessageTrace trace = telephony.trace();
        if (trace == null) {
            throw new IllegalStateException("no SIP messages are kept");
        }
        Map<String, TrunkId> trunks = trunks();
        TraceMark from = after == null ? TraceMark.BEGIN : mark(after);
        TraceFilter filter = new TraceFilter(query.number(), query.call(), query.trunk(), query.agent());
        MessageTrace.Page found = trace.find(filter, trunks, from == null ? TraceMark.BEGIN : from, most);
        Clock clock = new Clock(Instant.now(), System.nanoTime());
        boolean isEmpty = after == null && found.isLast() && found.messages().isEmpty();
        return new Page(
                found.messages().stream()
                        .map(message -> message(message, clock))
                        .toList(),
                run + "-" + found.next().position() + "-" + found.next().number(),
                found.isLast(),
                found.lost(),
                from == null,
                isEmpty ? contents(trace.contents(trunks), clock) : null);
    }

    /** Returns where a page begins; null where it is of another run. */
    private @Nullable TraceMark mark(String after) {
        Matcher parts = NEXT.matcher(after);
        if (!parts.matches()) {
            throw new IllegalArgumentException("after=" + after);
        }
        return parts.group(1).equals(run)
                ? new TraceMark(Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)))
                : null;
    }

    private Map<String, TrunkId> trunks() {
        Map<String, TrunkId> all = new HashMap<>();
        telephony
                .trunkAddresses()
                .forEach(each -> all.putIfAbsent(each.address().replaceFirst("^(tcp|tls):", ""), each.trunk()));
        return all;
    }

    /** Turns monotonic times into wall times. */
    private record Clock(Instant now, long nowNanos) {
        String text(long nanos) {
            return MICROS.format(now.minusNanos(nowNanos - nanos).truncatedTo(ChronoUnit.MICROS));
        }
    }

    private static Contents contents(MessageTrace.Contents all, Clock clock) {
        return new Contents(
                all.messages(), all.messages() == 0 ? null : clock.text(all.oldestNanos()), all.calls(), all.byPeer());
    }

    private static Message message(TracedMessage message, Clock clock) {
        CallSubject subject = message.subject();
        return new Message(
                clock.text(message.nanos()),
                ScalarType.written(message.way()),
                message.transport().word(),
                TracedMessage.text(message.local()),
                TracedMessage.text(message.peer()),
                subject != null && subject.trunk() != null ? subject.trunk().value() : null,
                subject != null && subject.agent() != null ? subject.agent().value() : null,
                subject != null && subject.call() != null ? subject.call().toString() : null,
                subject != null && subject.e164() != 0 ? PhoneNumber.masked(subject.e164()) : null,
                message.callId(),
                message.reason().isEmpty() ? null : message.reason(),
                message.text());
    }
}
