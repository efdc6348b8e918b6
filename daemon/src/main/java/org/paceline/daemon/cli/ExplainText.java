package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.Explanation;

/** Writes a judged dial for people. */
final class ExplainText {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final int ZONES_SHOWN = 4;

    private ExplainText() {}

    static void print(DialRequest request, Explanation explanation, PrintWriter out) {
        ExplainedDial dial = ExplainedDial.of(request, explanation);
        out.println(dial.verdict().toUpperCase(Locale.ROOT) + "  " + dial.number() + "  " + dial.at());
        line(out, "rule", dial.ruleId());
        line(out, "reason", dial.reason());
        line(out, "citation", dial.citation());
        line(out, "retry at", dial.ruleId() == null ? null : dial.retryAt() == null ? "never" : dial.retryAt());
        line(out, "permitted", dial.nextPermittedAt() == null ? "never" : "from " + dial.nextPermittedAt());
        line(
                out,
                "recording",
                dial.recording() == null ? null : dial.recording().name());
        line(out, "local time", localTimes(request));
        line(out, "not bound by", dial.notBoundBy().isEmpty() ? null : String.join(", ", dial.notBoundBy()));
        out.println();
        for (ExplainedDial.Judged rule : dial.rules()) {
            out.printf(
                    "  %-4s %-20s %-14s %s%n",
                    rule.permitted() ? "ok" : "NO", rule.ruleId(), rule.source(), rule.allows());
            if (rule.reason() != null) {
                out.println("       " + rule.reason());
            }
        }
    }

    private static void line(PrintWriter out, String name, @Nullable String value) {
        if (value != null) {
            out.printf("  %-12s %s%n", name, value);
        }
    }

    private static String localTimes(DialRequest request) {
        List<ZoneId> zones = request.number().zones();
        Instant at = Instant.ofEpochMilli(request.atEpochMillis());
        List<String> shown = zones.stream()
                .limit(ZONES_SHOWN)
                .map(zone -> LOCAL.format(at.atZone(zone)) + " " + zone.getId())
                .toList();
        String more = zones.size() > ZONES_SHOWN ? ", and " + (zones.size() - ZONES_SHOWN) + " more zones" : "";
        return String.join(", ", shown) + more;
    }
}
