package org.paceline.daemon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.cli.PolicyFigures.Figure;
import org.paceline.daemon.logging.Logs;
import org.paceline.rules.policy.Policy;
import org.paceline.rules.policy.PolicyLibrary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paceline rules list}: all policies with their figures, or one in detail. */
@Command(name = "list", description = "Lists policies with their figures; with --policy, a policy's own in detail.")
final class ListCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            split = ",",
            description = "A policy to tell of in detail; may be given several times.")
    private @Nullable List<String> policies;

    @Mixin
    private final PoliciesOption folder = new PoliciesOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Logs.quiet();
        PolicyLibrary library = folder.library();
        Collection<Policy> chosen = policies == null
                ? library.all()
                : library.find(policies, problem -> {
                    throw new ParameterException(spec.commandLine(), "--policy: " + problem);
                });
        List<PolicyFigures> listed = chosen.stream().map(PolicyFigures::of).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(listed));
        } else if (policies == null) {
            PolicyTable.print(listed, out);
            out.println("Checked and citation of each figure: paceline rules list --policy NAME");
        } else {
            listed.forEach(policy -> printDetails(policy, out));
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void printDetails(PolicyFigures policy, PrintWriter out) {
        out.println(policy.id() + "  " + policy.title());
        out.println("  citation    " + policy.citation());
        out.println("  checked     " + policy.checked());
        out.println("  applies to  " + policy.appliesTo());
        for (Figure figure : policy.figures()) {
            out.printf("  %-17s %-26s %s%n", figure.ruleId(), figure.key(), figure.allows());
            out.printf("  %-17s %-26s %s%n", "", "", figure.citation());
        }
        out.println();
    }
}
