package org.paceline.daemon.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Outage;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a log line as {@code at=2026-11-21T13:00:00.123Z level=info from=CallLog call=42 event=answered}. A message that is
 * not itself {@code key=value} becomes {@code msg="…"}. A stack trace follows on lines of its own, indented; an {@link
 * Outage}, of which every thread tells while it lasts, is told by its reason alone, except in lines for debugging.
 *
 * <p>Thread: any.
 */
public final class KeyValueEncoder extends EncoderBase<ILoggingEvent> {
    /** The key of the time in a line that tells of something earlier: epoch milliseconds, a {@link Long}. */
    public static final String EVENT_TIME = "event-time";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern KEY_VALUE = Pattern.compile("[a-z][A-Za-z0-9_-]*=.*", Pattern.DOTALL);
    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append("at=");
        TIME.formatTo(Instant.ofEpochMilli(timeOf(event)), line);
        line.append(" level=").append(levelName(event.getLevel()));
        line.append(" from=").append(shortName(event.getLoggerName())).append(' ');
        String message = NumberMask.mask(String.valueOf(event.getFormattedMessage()));
        if (KEY_VALUE.matcher(message).matches()) {
            line.append(oneLine(message));
        } else {
            line.append("msg=").append(quoted(message));
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        @Nullable
        String outage = event.getLevel().isGreaterOrEqual(Level.INFO) && thrown instanceof ThrowableProxy proxy
                ? Outage.reason(proxy.getThrowable())
                : null;
        if (outage != null) {
            line.append(" reason=").append(quoted(NumberMask.mask(outage)));
        } else if (thrown != null) {
            line.append(" thread=").append(quoted(event.getThreadName())).append('\n');
            line.append(NumberMask.mask(ThrowableProxyUtil.asString(thrown)).stripTrailing());
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns when the event happened, which may be before it was logged. */
    private static long timeOf(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                if (EVENT_TIME.equals(pair.key) && pair.value instanceof Long epochMillis) {
                    return epochMillis;
                }
            }
        }
        return event.getTimeStamp();
    }

    private static String levelName(Level level) {
        return level.toString().toLowerCase(Locale.ROOT);
    }

    private static String shortName(String loggerName) {
        return loggerName.substring(loggerName.lastIndexOf('.') + 1);
    }

    private static String quoted(String text) {
        return '"' + oneLine(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /**
     * Escapes line breaks, which must not look like a new log line, and escape codes, which must not reach the reader's
     * terminal.
     */
    private static String oneLine(String text) {
        if (text.chars().noneMatch(KeyValueEncoder::isEscaped)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> escape(c, line));
        return line.toString();
    }

    /** Whether the character is escaped: control characters, and Unicode's separators of lines and paragraphs. */
    private static boolean isEscaped(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }

    private static void escape(int c, StringBuilder line) {
        switch (c) {
            case '\r' -> line.append("\\r");
            case '\n' -> line.append("\\n");
            case '\t' -> line.append("\\t");
            default -> {
                if (isEscaped(c)) {
                    line.append("\\u").append(HexFormat.of().toHexDigits((char) c));
                } else {
                    line.append((char) c);
                }
            }
        }
    }
}
