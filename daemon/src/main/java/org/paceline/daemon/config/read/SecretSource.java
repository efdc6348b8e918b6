package org.paceline.daemon.config.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.Secret;
import org.paceline.yaml.Field;
import org.paceline.yaml.FileFault;
import org.paceline.yaml.Place;
import org.paceline.yaml.SmallFile;

/**
 * Finds the value of a secret: {@code env:NAME}, {@code file:PATH} (its first line), or the text itself.
 *
 * @param folder what a relative path is relative to
 * @param environment a variable's value, or null
 */
record SecretSource(Path folder, Function<String, @Nullable String> environment) {
    private static final int SHORTEST_TOKEN = 16;
    private static final String SENDABLE = "[!-~]([ -~]*[!-~])?"; // RFC 9110 section 5.5
    private static final Secret NONE = Secret.literal("");

    /** Reads a secret that may be left out. */
    Secret optional(Field<String> field) {
        String text = field.orNull();
        return text == null ? NONE : resolve(text, field.place());
    }

    /** Reads a secret that may not be left out. */
    Secret required(Field<String> field) {
        String text = field.required("");
        return text.isEmpty() ? NONE : resolve(text, field.place());
    }

    /** Reads a token that opens the API, which must be too long to be guessed. */
    Secret token(Field<String> field) {
        Secret token = required(field);
        if (!token.isEmpty() && token.length() < SHORTEST_TOKEN) {
            field.place()
                    .problem("has " + token.length() + " characters: must have at least " + SHORTEST_TOKEN
                            + ", for example from 'openssl rand -hex 16'");
        }
        if (!token.isEmpty() && !token.reveal().matches(SENDABLE)) {
            field.place()
                    .problem("must be printable ASCII in one line: no client can send other characters in a header");
        }
        return token;
    }

    private Secret resolve(String text, Place place) {
        if (text.startsWith("env:")) {
            return fromEnvironment(text, place);
        }
        if (text.startsWith("file:")) {
            return fromFile(text, place);
        }
        return Secret.literal(text);
    }

    private Secret fromEnvironment(String source, Place place) {
        String name = source.substring("env:".length());
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            place.problem("environment variable " + name + " is not set; set it, or write file:PATH");
            return NONE;
        }
        return Secret.from(source, value);
    }

    private Secret fromFile(String source, Place place) {
        Path path = folder.resolve(source.substring("file:".length()));
        try {
            String text = new String(SmallFile.read(path), StandardCharsets.UTF_8);
            String value = text.lines().findFirst().orElse("").strip();
            if (!value.isEmpty()) {
                return Secret.from(source, value);
            }
            place.problem("file " + path + " is empty; its first line must be the secret");
        } catch (FileSystemException e) {
            place.problem("file " + path + " cannot be read: " + FileFault.reason(e)
                    + "; it must hold the secret in its first line");
        } catch (IOException e) {
            place.problem("file " + path + " " + e.getMessage());
        }
        return NONE;
    }
}
