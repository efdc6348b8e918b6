package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.trace.SipTrace.Message;
import org.paceline.sip.trace.SipText;

/**
 * Prints SIP messages as ladders: our line at the left, one for each peer beside it, an arrow for each message, and what
 * matters of it behind. What the network sent is printed without control characters.
 *
 * <p>Thread: one.
 */
final class Ladder {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    /** Where our line stands: behind the two times. */
    private static final int MARGIN = 32;

    private static final int LANE = 28;
    private static final int FLOWS = 1_000;

    private final PrintWriter out;
    private final ZoneId zone;
    private final boolean whole;
    private final LadderPen pen;
    private final Map<String, Flow> flows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Flow> eldest) {
            return size() > FLOWS;
        }
    };
    private @Nullable Flow last;

    /** The messages that belong together, as far as they were printed. */
    private static final class Flow {
        final Set<String> peers = new LinkedHashSet<>();
        final Map<String, String> names = new HashMap<>();
        final Set<String> callIds = new LinkedHashSet<>();
        final Map<String, Integer> seen = new HashMap<>();
        final Instant begin;

        @Nullable
        String number;

        @Nullable
        String trunk;

        Flow(Instant begin) {
            this.begin = begin;
        }

        void add(Message message) {
            peers.add(message.peer());
            callIds.add(message.callId());
            String owner = message.agent() == null ? message.trunk() : message.agent();
            String transport = message.transport().equals("udp") ? "" : " (" + message.transport() + ")";
            names.put(message.peer(), (owner == null ? "" : owner) + transport);
            number = message.number() == null ? number : message.number();
            trunk = message.trunk() == null ? trunk : message.trunk();
        }
    }

    /** @param whole whether each message is printed whole below its arrow */
    Ladder(PrintWriter out, ZoneId zone, boolean whole) {
        this.out = out;
        this.zone = zone;
        this.whole = whole;
        this.pen = LadderPen.of(Charset.forName(System.getProperty("stdout.encoding", "UTF-8")));
    }

    static String time(Instant at, ZoneId zone) {
        return DAY.withZone(zone).format(at) + " " + TIME.withZone(zone).format(at);
    }

    /** Prints a ladder for each call; OPTIONS and the like of one peer are together. */
    void byCall(List<Message> messages) {
        Map<String, List<Message>> calls = new LinkedHashMap<>();
        for (Message message : messages) {
            calls.computeIfAbsent(key(message), _ -> new ArrayList<>()).add(message);
        }
        calls.values().forEach(call -> {
            Flow flow = new Flow(Instant.parse(call.getFirst().at()));
            call.forEach(flow::add);
            heading(call.getFirst(), flow);
            call.forEach(message -> line(message, flow));
            out.println();
        });
    }

    /** Prints messages in the order in which they passed, with a heading wherever the call is another one. */
    void asItCame(List<Message> messages) {
        for (Message message : messages) {
            Flow flow = flows.computeIfAbsent(key(message), _ -> new Flow(Instant.parse(message.at())));
            boolean isOther = flow != last || !flow.peers.contains(message.peer());
            flow.add(message);
            if (isOther) {
                out.println();
                heading(message, flow);
            }
            last = flow;
            line(message, flow);
        }
    }

    private static String key(Message message) {
        if (message.call() != null) {
            return "call " + message.call();
        }
        boolean isPing = SipText.of(message.text()).method().equals("OPTIONS");
        return isPing ? "OPTIONS " + message.peer() : message.callId();
    }

    private void heading(Message first, Flow flow) {
        out.println(time(flow.begin, zone) + "  " + title(first, flow));
        if (first.call() != null || flow.callIds.size() == 1) {
            flow.callIds.forEach(id -> out.println("  Call-ID " + LadderPen.clean(id)));
        }
        StringBuilder names = new StringBuilder();
        StringBuilder addresses = new StringBuilder();
        LadderPen.centred(names, MARGIN, "paceline", MARGIN);
        LadderPen.centred(addresses, MARGIN, first.local(), LANE - 2);
        int lane = 1;
        for (String peer : flow.peers) {
            int at = MARGIN + lane++ * LANE;
            LadderPen.centred(names, at, flow.names.getOrDefault(peer, ""), LANE - 2);
            LadderPen.centred(addresses, at, peer, LANE - 2);
        }
        out.println(names);
        out.println(addresses);
    }

    private static String title(Message first, Flow flow) {
        if (first.call() != null) {
            return "call " + first.call() + (flow.number == null ? "" : " to " + flow.number)
                    + (flow.trunk == null ? "" : " over " + flow.trunk);
        }
        if (first.agent() != null) {
            return "line of agent " + first.agent();
        }
        return LadderPen.clean(SipText.of(first.text()).method())
                + (first.trunk() == null ? " with " + first.peer() : " with trunk " + first.trunk());
    }

    private void line(Message message, Flow flow) {
        SipText text = SipText.of(message.text());
        int times = flow.seen.merge(message.way() + message.peer() + message.text(), 1, Integer::sum);
        boolean isAgain = times > 1 && !message.way().equals("not-sent");
        Instant at = Instant.parse(message.at());
        StringBuilder line = new StringBuilder()
                .append(TIME.withZone(zone).format(at))
                .append(String.format(
                        Locale.ROOT,
                        " %+10.3f",
                        Duration.between(flow.begin, at).toNanos() / 1e9));
        int lane = List.copyOf(flow.peers).indexOf(message.peer()) + 1;
        pen.arrow(line, MARGIN, LANE, flow.peers.size(), lane, message.way(), label(text), isAgain);
        List<String> details = new ArrayList<>();
        if (isAgain) {
            details.add("again (" + times + " times by now)");
        }
        if (message.reason() != null) {
            details.add("not sent: " + message.reason());
        }
        details.addAll(MessageNotes.of(text));
        out.println((line + "  " + LadderPen.clean(String.join("; ", details))).stripTrailing());
        if (whole) {
            new String(message.text().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(each -> out.println("    " + LadderPen.clean(each)));
        }
    }

    private static String label(SipText text) {
        String first = text.first();
        String label = text.isResponse()
                ? first.substring(Math.min(first.length(), first.indexOf(' ') + 1))
                : first.split(" ", 2)[0];
        return LadderPen.clean(label);
    }
}
