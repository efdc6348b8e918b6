package org.paceline.yaml;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes YAML in the notation of the configuration files. Thread: one at a time. */
public final class YamlText {
    private final StringBuilder out = new StringBuilder();
    private int depth;
    private boolean elementBegins;

    /**
     * Writes a key with its value; a null value is written as a comment that says so, because the file would leave the
     * key out.
     */
    public YamlText line(String key, @Nullable Object value) {
        indent();
        out.append(value == null ? "# " + key + ": not set" : key + ": " + written(value))
                .append('\n');
        return this;
    }

    /** Writes a mapping within this one. */
    public YamlText section(String key, Runnable content) {
        indent();
        out.append(key).append(":\n");
        depth++;
        content.run();
        depth--;
        return this;
    }

    /** Writes one mapping of a list, within {@link #section}. */
    public YamlText element(Runnable content) {
        elementBegins = true;
        depth++;
        content.run();
        depth--;
        elementBegins = false;
        return this;
    }

    public YamlText comment(String text) {
        indent();
        out.append("# ").append(text).append('\n');
        return this;
    }

    private void indent() {
        if (elementBegins) {
            out.append("  ".repeat(depth - 1)).append("- ");
            elementBegins = false;
        } else {
            out.append("  ".repeat(depth));
        }
    }

    private static String written(Object value) {
        return switch (value) {
            case Duration duration -> duration(duration);
            case Collection<?> list -> list.stream().map(YamlText::written).collect(Collectors.joining(", ", "[", "]"));
            case Enum<?> constant -> ScalarType.written(constant);
            case Number number -> number.toString();
            default -> quotedIfNeeded(value.toString());
        };
    }

    /** Returns a single value without quotes. */
    public static String plain(Object value) {
        return switch (value) {
            case Duration duration -> duration(duration);
            case Enum<?> constant -> ScalarType.written(constant);
            default -> value.toString();
        };
    }

    private static String quotedIfNeeded(String text) {
        return text.matches("[A-Za-z0-9/][A-Za-z0-9 ._/:@-]*") && !text.contains(": ") && !text.endsWith(":")
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Returns a duration as files write it: {@code 1h30m}. */
    public static String duration(Duration duration) {
        return ScalarType.written(duration);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
