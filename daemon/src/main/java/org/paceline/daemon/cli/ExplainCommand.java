package org.paceline.daemon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.logging.Logs;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.Explanation;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.Verdict;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;
import org.paceline.rules.policy.Policy;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline rules explain}: judges one dial and says why. */
@Command(
        name = "explain",
        description =
                "Judges one dial by policies or a campaign: verdict, deciding rule, citation, next permitted time.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:permitted", "1:failed", "2:wrong use", "3:refused"})
final class ExplainCommand implements Callable<Integer> {
    private static final int REFUSED = 3;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final CampaignApproval RUNNING = new CampaignApproval(ApprovalState.RUNNING, 0, Long.MAX_VALUE);

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            split = ",",
            description = "A policy; may be given several times, all must permit.")
    private @Nullable List<String> policies;

    @Mixin
    private final PoliciesOption folder = new PoliciesOption();

    @Option(
            names = "--campaign",
            paramLabel = "NAME",
            description =
                    "A campaign of --config: its policies, its own rules, and what the database knows of the number.")
    private @Nullable String campaign;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--number", required = true, description = "The number to be called, as +13055550123.")
    private String number = "";

    @Option(names = "--region", paramLabel = "CODE", description = "Country of a number without its code, as US.")
    private @Nullable String region;

    @Option(names = "--at", paramLabel = "TIME", description = "When, as 2026-11-21T13:00:00Z; default: now.")
    private @Nullable String at;

    @Option(
            names = "--history",
            paramLabel = "FILE.csv",
            description = "Earlier attempts to the number, in a column 'at'; a column 'kind' may say what became of"
                    + " each: attempt, conversation, abandoned, refused.")
    private @Nullable Path history;

    @Mixin
    private final ExplainFacts facts = new ExplainFacts();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Logs.quiet();
        if ((campaign == null) == (policies == null)) {
            throw wrongUse("needs one of --policy and --campaign");
        }
        PhoneNumber parsed = parsedNumber();
        ExplainedCampaign known =
                campaign == null ? null : ExplainedCampaign.read(campaign, config.file(), parsed, time());
        ExplainedRuleBook book = known == null ? RuleBooks.compile(findPolicies(), CampaignRules.none()) : known.book();
        DialRequest request = request(parsed, known);
        Explanation explanation = book.explain(request);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(ExplainedDial.of(request, explanation)));
        } else {
            ExplainText.print(request, explanation, out);
        }
        if (known != null && known.databaseProblem() != null) {
            spec.commandLine().getErr().println("without the database: " + known.databaseProblem());
        }
        out.flush();
        return switch (explanation.verdict()) {
            case Verdict.Permitted _ -> CommandLine.ExitCode.OK;
            case Verdict.Refused _ -> REFUSED;
        };
    }

    private List<Policy> findPolicies() {
        return folder.library().find(policies == null ? List.of() : policies, problem -> {
            throw wrongUse("--policy: " + problem);
        });
    }

    private DialRequest request(PhoneNumber parsed, @Nullable ExplainedCampaign known) {
        AttemptHistory attempts = history == null ? new AttemptHistory() : HistoryFile.read(history);
        DialRequest.Builder request;
        if (known == null) {
            request = DialRequest.to(parsed, time().toEpochMilli(), RUNNING).history(attempts);
        } else {
            request = known.request(parsed, time().toEpochMilli()).history(attempts.mergedWith(known.history()));
        }
        return facts.addTo(
                request,
                known == null ? null : known.lead(),
                known == null ? BudgetFacts.FREE : known.budget(),
                this::wrongUse);
    }

    private PhoneNumber parsedNumber() {
        return switch (new NumberPlan().parse(number, region)) {
            case NumberPlan.Parsed.Valid valid -> valid.number();
            case NumberPlan.Parsed.Rejected rejected -> throw wrongUse("--number: " + rejected.reason());
        };
    }

    private Instant time() {
        if (at == null) {
            return Instant.now();
        }
        Instant time = Times.parse(at);
        if (time == null) {
            throw wrongUse("--at: must be " + Times.EXPECTED + "; is '" + at + "'");
        }
        return time;
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
