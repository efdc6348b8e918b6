package org.paceline.daemon.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.Explanation;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.Verdict;

/**
 * A judged dial as data.
 *
 * @param verdict {@code permitted} or {@code refused}
 * @param ruleId the deciding rule, null when permitted
 * @param retryAt the earliest moment at which the deciding rule permits, ISO-8601 in UTC; null for never, or permitted
 * @param nextPermittedAt the first moment at which all rules permit; null for never
 * @param number masked
 * @param notBoundBy policies that do not apply to the number
 */
record ExplainedDial(
        String verdict,
        @Nullable String ruleId,
        @Nullable String reason,
        @Nullable String citation,
        @Nullable String retryAt,
        @Nullable String nextPermittedAt,
        @Nullable RecordingDirective recording,
        String number,
        String region,
        String kind,
        List<String> zones,
        String at,
        List<String> notBoundBy,
        List<Judged> rules) {

    /** One rule. */
    record Judged(
            String ruleId,
            String source,
            String allows,
            String citation,
            boolean permitted,
            @Nullable String reason,
            @Nullable String retryAt,
            List<String> zones) {}

    static ExplainedDial of(DialRequest request, Explanation explanation) {
        Verdict.Refused refused = explanation.verdict() instanceof Verdict.Refused refusal ? refusal : null;
        RecordingDirective recording =
                explanation.verdict() instanceof Verdict.Permitted permitted ? permitted.recording() : null;
        return new ExplainedDial(
                refused == null ? "permitted" : "refused",
                refused == null ? null : refused.rule().text(),
                refused == null ? null : refused.reason(),
                refused == null ? null : refused.citation(),
                refused == null ? null : Times.text(refused.retryAtEpochMillis()),
                Times.text(explanation.nextPermittedAtEpochMillis()),
                recording,
                request.number().masked(),
                request.number().region(),
                request.number().kind().name(),
                names(request.number().zones()),
                Instant.ofEpochMilli(request.atEpochMillis()).toString(),
                explanation.notBinding(),
                explanation.findings().stream().map(ExplainedDial::judged).toList());
    }

    private static Judged judged(Explanation.Finding finding) {
        Verdict.Refused refusal = finding.refusal();
        return new Judged(
                finding.rule().text(),
                finding.source(),
                finding.figure(),
                finding.citation(),
                refusal == null,
                refusal == null ? null : refusal.reason(),
                refusal == null ? null : Times.text(refusal.retryAtEpochMillis()),
                names(finding.zones()));
    }

    private static List<String> names(List<ZoneId> zones) {
        return zones.stream().map(ZoneId::getId).toList();
    }
}
