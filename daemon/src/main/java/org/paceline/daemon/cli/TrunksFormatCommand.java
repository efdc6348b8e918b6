package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.logging.Logs;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.NumberRange;
import org.paceline.rules.PhoneNumber;
import org.paceline.sip.dialog.CallerIdentity;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paceline trunks format}: places no call and asks no rule. */
@Command(
        name = "format",
        description =
                "Shows how a call to a number would be written for each trunk: Request-URI, To, From and the other"
                        + " headers of the caller. Nothing is sent, and no rule is asked.")
final class TrunksFormatCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NUMBER", description = "The number to be called, as +13055550123.")
    private String number = "";

    @Option(names = "--trunk", paramLabel = "NAME", description = "Only this trunk; default: all.")
    private @Nullable String trunk;

    @Option(
            names = "--caller-id",
            paramLabel = "NUMBER",
            description = "The caller ID; default: those of the campaigns that use the trunk.")
    private @Nullable String callerId;

    @Option(names = "--region", paramLabel = "CODE", description = "Country of numbers without its code, as US.")
    private @Nullable String region;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logs.quiet();
        PhoneNumber callee = parsed("NUMBER", number);
        Long given = callerId == null ? null : parsed("--caller-id", callerId).e164();
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        PrintWriter out = spec.commandLine().getOut();
        for (TrunkConfig each : chosen(configuration)) {
            List<Long> callerIds = given == null ? callerIds(configuration, each, callee) : List.of(given);
            if (callerIds.isEmpty()) {
                throw wrongUse("no campaign uses trunk '" + each.id() + "'; say --caller-id");
            }
            for (long shown : callerIds) {
                print(out, each, callee, shown, configuration.daemon().sip().callerIdHost());
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private List<TrunkConfig> chosen(Configuration configuration) {
        List<TrunkConfig> all = configuration.daemon().trunks();
        List<TrunkConfig> chosen = all.stream()
                .filter(each -> trunk == null || each.id().value().equals(trunk))
                .toList();
        if (chosen.isEmpty()) {
            throw wrongUse("--trunk: no trunk '" + trunk + "'; there are "
                    + all.stream().map(each -> each.id().value()).collect(Collectors.joining(", ")));
        }
        return chosen;
    }

    private static List<Long> callerIds(Configuration configuration, TrunkConfig trunk, PhoneNumber callee) {
        return configuration.campaigns().stream()
                .filter(campaign -> campaign.settings().trunks().contains(trunk.id()))
                .map(campaign -> campaign.settings().callerIds().choose(callee.e164(), 0))
                .distinct()
                .toList();
    }

    private static void print(PrintWriter out, TrunkConfig trunk, PhoneNumber callee, long callerId, String ownHost) {
        String to = trunk.identity()
                .callee(
                        callee.e164(),
                        trunk.hosts().getFirst().host(),
                        trunk.hosts().getFirst().port())
                .encode();
        CallerIdentity caller = trunk.identity().caller(callerId, callee.e164(), ownHost);
        out.println("trunk " + trunk.id() + ", caller ID +" + callerId
                + (trunk.accepts(new NumberRange(callerId, callerId))
                        ? ""
                        : " (which the trunk does not accept: see its caller-ids)"));
        line(out, "Request-URI", to);
        line(out, "To", "<" + to + ">");
        line(out, "From", caller.from().encode());
        caller.headers().forEach((name, value) -> line(out, name, value));
        out.println();
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("  %-21s %s%n", name, value);
    }

    private PhoneNumber parsed(String what, String text) {
        return switch (new NumberPlan().parse(text, region)) {
            case NumberPlan.Parsed.Valid valid -> valid.number();
            case NumberPlan.Parsed.Rejected rejected -> throw wrongUse(what + ": " + rejected.reason());
        };
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
