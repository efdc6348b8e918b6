package org.paceline.daemon.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.ApiConfig;
import org.paceline.daemon.config.SupervisorConfig;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.yaml.SmallFile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the daemon's API is and the token for it, of commands that ask a running daemon. */
final class ApiOption {
    private static final String TOKEN_VARIABLE = "PACELINE_TOKEN";

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The daemon's API, as http://127.0.0.1:8080; default: api.host and api.port of the configuration.")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "A supervisor's token: env:NAME or file:PATH; default: $PACELINE_TOKEN, else that of the first"
                            + " supervisor in the configuration. With --url and a token no configuration is read.")
    private @Nullable String token;

    /** @param command named in what it tells, as {@code paceline sip trace} */
    DaemonApi connect(String command) {
        String secret = token(command);
        ApiConfig api = url != null && secret != null
                ? null
                : Configuration.read(config.file(), System::getenv).daemon().api();
        return new DaemonApi(
                command,
                url == null || url.isBlank() ? URI.create(configured(command, api)) : given(command, url),
                secret == null ? firstSupervisors(command, api) : secret);
    }

    private static URI given(String command, String url) {
        try {
            URI uri = URI.create(url.replaceFirst("/+$", ""));
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw new CommandFailed(command + ": --url: must be as http://127.0.0.1:8080; is '" + url + "'");
    }

    private String configured(String command, @Nullable ApiConfig api) {
        if (api == null || api.port() == 0) {
            throw new CommandFailed(command + ": api.port is 0 in " + config.file()
                    + ", so any port may be the daemon's: give --url, as the daemon's log tells it in event=ready");
        }
        String host = api.host().contains(":") ? "[" + api.host() + "]" : api.host();
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + api.port();
    }

    private String firstSupervisors(String command, @Nullable ApiConfig api) {
        List<SupervisorConfig> supervisors = api == null ? List.of() : api.supervisors();
        if (supervisors.isEmpty()) {
            throw new CommandFailed(
                    command + ": no supervisor in api.supervisors of " + config.file() + ": add one, or give --token");
        }
        return supervisors.getFirst().token().reveal();
    }

    private @Nullable String token(String command) {
        String source = token == null ? "env:" + TOKEN_VARIABLE : token;
        if (source.startsWith("env:")) {
            String value = System.getenv(source.substring("env:".length()));
            if (value == null && token != null) {
                throw new CommandFailed(command + ": --token: environment variable " + source.substring("env:".length())
                        + " is not set");
            }
            return value;
        }
        if (source.startsWith("file:")) {
            Path path = Path.of(source.substring("file:".length()));
            try {
                return new String(SmallFile.read(path), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("")
                        .strip();
            } catch (IOException e) {
                throw new CommandFailed(command + ": --token: file " + path + " cannot be read");
            }
        }
        throw new CommandFailed(command + ": --token: must be env:NAME or file:PATH, so that no list of processes shows"
                + " the token");
    }
}
