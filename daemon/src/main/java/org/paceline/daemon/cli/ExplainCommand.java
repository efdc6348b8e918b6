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
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.CampaignStanding;
import org.paceline.rules.CampaignStanding.ApprovalState;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.Explanation;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.Verdict;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;
import org.paceline.rules.policy.Policy;
import org.paceline.rules.policy.PolicyLibrary;
import org.paceline.rules.yaml.ConfigProblems;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline rules explain}: judges one dial and says why. */
@Command(
        name = "explain",
        description = "Judges one dial by policies: verdict, deciding rule, citation, next permitted time.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:permitted", "1:failed", "2:wrong use", "3:refused"})
final class ExplainCommand implements Callable<Integer> {
    private static final int REFUSED = 3;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final CampaignStanding RUNNING = new CampaignStanding(ApprovalState.RUNNING, 0, Long.MAX_VALUE);

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            required = true,
            split = ",",
            description = "A policy; may be given several times, all must permit.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<String> policies;

    @Option(names = "--policies", paramLabel = "FOLDER", description = "A folder of your own policy files.")
    private @Nullable Path folder;

    @Option(names = "--number", required = true, description = "The number to be called, as +13055550123.")
    private String number = "";

    @Option(names = "--region", paramLabel = "CODE", description = "Country of a number without its code, as US.")
    private @Nullable String region;

    @Option(names = "--at", paramLabel = "TIME", description = "When, as 2026-11-21T13:00:00Z; default: now.")
    private @Nullable String at;

    @Option(
            names = "--history",
            paramLabel = "FILE.csv",
            description = "Earlier attempts to the number, in a column 'at'.")
    private @Nullable Path history;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        ExplainedRuleBook book = RuleBooks.compile(findPolicies(), CampaignRules.none());
        DialRequest request = request();
        Explanation explanation = book.explain(request);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(ExplainedDial.of(request, explanation)));
        } else {
            ExplainText.print(request, explanation, out);
        }
        out.flush();
        return switch (explanation.verdict()) {
            case Verdict.Permitted _ -> CommandLine.ExitCode.OK;
            case Verdict.Refused _ -> REFUSED;
        };
    }

    private List<Policy> findPolicies() {
        return library().find(policies, problem -> {
            throw wrongUse("--policy: " + problem);
        });
    }

    private PolicyLibrary library() {
        if (folder == null) {
            return PolicyLibrary.builtIn();
        }
        ConfigProblems problems = new ConfigProblems();
        PolicyLibrary library = PolicyLibrary.load(folder, problems);
        problems.throwIfAny();
        return library;
    }

    private DialRequest request() {
        AttemptHistory attempts = history == null ? new AttemptHistory() : HistoryFile.read(history);
        return new DialRequest(parsedNumber(), time().toEpochMilli(), 0, attempts, null, RUNNING, 0, true);
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
