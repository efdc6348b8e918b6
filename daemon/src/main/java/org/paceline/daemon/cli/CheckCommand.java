package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.config.show.ConfigSchema;
import org.paceline.daemon.config.show.EffectiveConfig;
import org.paceline.yaml.ConfigException;
import org.paceline.yaml.ScalarType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code paceline check}: reports every mistake of the configuration, or shows what is in force. */
@Command(
        name = "check",
        description = "Checks configuration, campaigns and policies, and prints what is in force, secrets masked.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--quiet", description = "Print nothing when all is right.")
    private boolean quiet;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = "paceline",
            converter = SchemaName.class,
            description = "Print the JSON Schema of a kind of file instead, for editors: paceline, campaign or policy.")
    private @Nullable ConfigSchema schema;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        if (schema != null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(schema.text());
            out.flush();
            return CommandLine.ExitCode.OK;
        }
        Configuration configuration = Configuration.read(config.file(), System::getenv);
        if (!configuration.cautions().isEmpty()) {
            throw new ConfigException(configuration.cautions());
        }
        if (!quiet) {
            print(configuration, spec.commandLine().getOut());
        }
        return CommandLine.ExitCode.OK;
    }

    /** Reads the kinds of files by their names. */
    static final class SchemaName implements CommandLine.ITypeConverter<ConfigSchema> {
        private static final ScalarType<ConfigSchema> TYPE = ScalarType.choice(ConfigSchema.class);

        @Override
        public ConfigSchema convert(String text) {
            ConfigSchema kind = TYPE.parseOrNull(text);
            if (kind == null) {
                throw new CommandLine.TypeConversionException("must be " + TYPE.expected() + "; is '" + text + "'");
            }
            return kind;
        }
    }

    private static void print(Configuration configuration, PrintWriter out) {
        out.println("# " + configuration.daemon().file());
        out.print(EffectiveConfig.of(configuration.daemon()));
        for (CampaignConfig campaign : configuration.campaigns()) {
            out.println();
            out.println("# " + campaign.file());
            out.print(EffectiveConfig.of(campaign));
        }
        out.println();
        out.println("# " + campaigns(configuration.campaigns().size()) + ", all right");
        out.flush();
    }

    private static String campaigns(int count) {
        return count == 1 ? "1 campaign" : count + " campaigns";
    }
}
