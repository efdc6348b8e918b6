package org.paceline.daemon.config.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.paceline.yaml.ConfigException;
import org.paceline.yaml.ConfigProblem;

/** A folder of configuration files for tests; messages show paths relative to it. */
public final class ConfigFiles {
    public static final String NODE = """
            node: {name: n1, zone: UTC}
            sip: {host: 127.0.0.1}
            trunks:
              - {name: main, host: 127.0.0.1, channels: 30}
            """;
    public static final String CAMPAIGN = """
            name: autumn
            approval: {state: running, by: Jane}
            policies: [us-federal]
            caller-id: "+13055550100"
            caller-ids: ["+13055550100..+13055550109"]
            trunks: [main]
            """;

    public final Path folder;

    public ConfigFiles(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder.resolve("campaigns"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path node(String text) {
        return write("paceline.yaml", text);
    }

    public Path campaign(String name, String text) {
        return write("campaigns/" + name + ".yaml", text);
    }

    public Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Configuration read() {
        return Configuration.read(folder.resolve("paceline.yaml"), Map.of("BOSS", "a-token-long-enough")::get);
    }

    /** The problems of reading, with paths relative to the folder. */
    public List<String> problems() {
        try {
            read();
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream().map(this::relative).toList();
        }
    }

    public String relative(ConfigProblem problem) {
        return problem.toString().replace(folder + "/", "");
    }
}
