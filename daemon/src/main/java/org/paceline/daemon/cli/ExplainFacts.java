package org.paceline.daemon.cli;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.DialRequest;
import org.paceline.rules.LeadFacts;
import org.paceline.rules.Money;
import org.paceline.rules.ScriptState;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The facts that are assumed for a dial to be explained where no campaign tells them: all in order, but no consent. */
final class ExplainFacts {

    @Option(
            names = "--consent",
            paramLabel = "TIME",
            description = "When the called party consented to be called, as 2026-11-21T13:00:00Z.")
    private @Nullable String consent;

    @Option(names = "--grade", paramLabel = "GRADE", description = "The lead's grade.")
    private @Nullable String grade;

    @Option(names = "--unnamed", description = "The lead has no name.")
    private boolean unnamed;

    @Option(names = "--lead-attempts", paramLabel = "COUNT", description = "Earlier attempts of the lead.")
    private @Nullable Integer leadAttempts;

    @Option(names = "--agent-attempts", paramLabel = "COUNT", description = "Calls charged to the agent today.")
    private int agentAttempts;

    @Option(names = "--campaign-attempts", paramLabel = "COUNT", description = "Calls of the campaign today.")
    private int campaignAttempts;

    @Option(
            names = "--spent",
            paramLabel = "AMOUNT",
            description = "What the month's calls of the campaign's budget have cost, as 499.50.")
    private @Nullable String spent;

    @Option(names = "--agent-reserved", description = "An agent is kept free for this very call.")
    private boolean agentReserved;

    @Option(names = "--no-script", description = "The campaign names no approved script.")
    private boolean noScript;

    @Option(names = "--no-recorder", description = "Recordings cannot be written.")
    private boolean noRecorder;

    /**
     * @param known the facts that the database has about the lead, or null
     * @param budget the cost of the call, and what the database has of the month's calls
     * @param wrongUse makes the exception for a message
     */
    DialRequest addTo(
            DialRequest.Builder request,
            @Nullable LeadFacts known,
            BudgetFacts budget,
            Function<String, ParameterException> wrongUse) {
        return request.lead(lead(known, wrongUse))
                .agentAttemptsToday(agentAttempts)
                .campaignAttemptsToday(campaignAttempts)
                .budget(spent == null ? budget : new BudgetFacts(budget.priceMicros(), spent(spent, wrongUse), 0))
                .agentReserved(agentReserved)
                .script(noScript ? ScriptState.NONE : ScriptState.APPROVED)
                .recordingPossible(!noRecorder)
                .build();
    }

    private LeadFacts lead(@Nullable LeadFacts known, Function<String, ParameterException> wrongUse) {
        LeadFacts base = known == null ? new LeadFacts(true, null, 0, LeadFacts.NEVER) : known;
        return new LeadFacts(
                base.named() && !unnamed,
                grade == null ? base.grade() : grade,
                leadAttempts == null ? base.attempts() : Math.max(0, leadAttempts),
                consent == null ? base.consentEpochMillis() : consented(consent, wrongUse));
    }

    private static long spent(String text, Function<String, ParameterException> wrongUse) {
        Long micros = Money.TYPE.parseOrNull(text);
        if (micros == null) {
            throw wrongUse.apply("--spent: must be " + Money.TYPE.expected() + "; is '" + text + "'");
        }
        return micros;
    }

    private static long consented(String text, Function<String, ParameterException> wrongUse) {
        Instant at = Times.parse(text);
        if (at == null) {
            throw wrongUse.apply("--consent: must be " + Times.EXPECTED + "; is '" + text + "'");
        }
        return at.toEpochMilli();
    }
}
