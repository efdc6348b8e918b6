package org.paceline.daemon.config.key;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberRange;
import org.paceline.sip.trace.MessageRing;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;

/** The single values that only this configuration has, and the bounds of ports. */
public final class Types {
    public static final ScalarType<ZoneId> ZONE =
            new ScalarType<>("a time zone of the tz database, for example Europe/Berlin", Types::parseZone);
    public static final ScalarType<String> CURRENCY =
            ScalarType.matching("a currency of three letters, for example EUR", "[A-Z]{3}");
    public static final ScalarType<String> HOST =
            ScalarType.matching("a host name or address without a port", "[A-Za-z0-9._:-]+");
    private static final String HOST_WITHOUT_PORT = "[A-Za-z0-9._-]+|[A-Za-z0-9._-]*:[A-Za-z0-9._-]*:[A-Za-z0-9._:-]*";
    /** A host to listen on, be it 0.0.0.0 or :: for all of this machine. */
    public static final ScalarType<String> LISTEN_HOST = new ScalarType<>(
            "a host name or address of this machine, without a port",
            text -> text.matches(HOST_WITHOUT_PORT) ? text : null);
    /**
     * A host that others can send to: 0.0.0.0 and :: mean every address of this machine and are not valid on the wire.
     */
    public static final ScalarType<String> REACHABLE_HOST = new ScalarType<>(
            "a host name or address that others can send to, without a port; 0.0.0.0 and :: are none: name the address"
                    + " of this machine that trunks and phones reach",
            text -> text.matches(HOST_WITHOUT_PORT) && !text.matches("[0.]+|[0:]+") ? text : null);

    /** A SIP URI without headers ({@code ?Subject=…}), which must not stand in a request's first line (RFC 3261 section 19.1.1). */
    public static final ScalarType<String> SIP_URI =
            ScalarType.matching("a SIP URI, for example sip:alice@192.0.2.7:5060", "sips?:[!#-;=?A-~]+@[!#-;=A-~]+");

    /** Text that is put into a header as it is (RFC 3261 section 20.41). */
    public static final ScalarType<String> USER_AGENT = ScalarType.matching(
            "1 to 100 printable ASCII characters in one line, for example Paceline", "[!-~]([ -~]{0,98}[!-~])?");

    public static final ScalarType<NumberRange> NUMBERS = new ScalarType<>(
                    "a number as +13055550100 or a range as +13055550100..+13055550199", NumberRange::parse)
            .json(JsonKeywords.digits(NumberRange.FORM));

    /** Bytes of memory for the messages of the last time; 0 for none. */
    public static final ScalarType<Integer> TRACE_BYTES = new ScalarType<>(
                    "a size from 1MiB to 1GiB, for example 16MiB, or 0 for none", Types::parseTraceBytes)
            .write(Types::writtenBytes)
            .json(JsonKeywords.anyOf(JsonKeywords.of("const", 0), JsonKeywords.pattern("[0-9]{1,7}(KiB|MiB|GiB)")));

    public static final Bounds<Integer> PORT =
            Bounds.<Integer>numbers(1, 65_535).saying("a port from 1 to 65535");
    public static final Bounds<Integer> PORT_OR_ANY =
            Bounds.<Integer>numbers(0, 65_535).saying("a port from 1 to 65535, or 0 for any free one");

    /** A name. Names are used in URLs, metrics and file names, so few characters are allowed. */
    public static final ScalarType<String> NAME =
            ScalarType.matching("a name of letters, digits, '.', '_' and '-'", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,7})(KiB|MiB|GiB)");

    private Types() {}

    private static @Nullable ZoneId parseZone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable Integer parseTraceBytes(String text) {
        if (text.equals("0")) {
            return 0;
        }
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return null;
        }
        int shift = switch (size.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
        };
        long bytes = Long.parseLong(size.group(1)) << shift;
        if (bytes < MessageRing.LEAST_BYTES || bytes > 1 << 30) {
            return null;
        }
        return (int) bytes;
    }

    private static String writtenBytes(int bytes) {
        if (bytes == 0) {
            return "0";
        }
        int shift = Math.min(3, Integer.numberOfTrailingZeros(bytes) / 10);
        return (bytes >> (10 * shift)) + List.of("B", "KiB", "MiB", "GiB").get(shift);
    }
}
