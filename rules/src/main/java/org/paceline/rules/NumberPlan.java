package org.paceline.rules;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The world's numbering plans (libphonenumber): from text to a {@link PhoneNumber} with its region, kind and every time
 * zone that it may be in. All code that turns text into a number goes through here, so that a lead and a do-not-call
 * row that are written alike are the same number.
 *
 * <p>A text is a number when nothing else stands in it ({@link NumberText}) and when its digits mean one number only
 * ({@link NumberReader}).
 *
 * <p>A number without a place (toll-free, premium, mobile where the plan does not tell) may be in any zone of its
 * country calling code; a number of no country ({@code +800}, satellites) may be in any zone there is.
 *
 * <p>Thread: any.
 */
public final class NumberPlan {
    /** The region of a number that belongs to no country, as libphonenumber writes it. */
    public static final String NO_REGION = "001";

    /** The version of libphonenumber's data and, behind the slash, the version of our own reading. */
    private static final String VERSION = libraryVersion() + "/1";
    /**
     * The longest run of digits beside a number that may be an extension; a longer one looks like a number of its own.
     */
    private static final int LONGEST_EXTENSION = 5;
    /** The most digits that two numbers of a country have together. */
    private static final int TWO_NUMBERS = 24;

    /** Faults whose digits are not certain. */
    private static final Set<NumberText.Fault> GUESSED =
            EnumSet.of(NumberText.Fault.SCIENTIFIC, NumberText.Fault.DECIMAL, NumberText.Fault.RANGE);

    /** The least number that a do-not-call entry may mean: no plan has shorter ones, with country code. */
    private static final long LEAST = 100_000;

    private final PhoneNumberUtil plan = PhoneNumberUtil.getInstance();
    private final NumberReader reader = new NumberReader(plan);
    private final NumberReadings readings = new NumberReadings(plan, reader);
    private final PlainNumbers plainNumbers = new PlainNumbers(plan);
    private final NumberZones zones = new NumberZones(plan);
    private final Map<String, String> regionCodes = new ConcurrentHashMap<>();

    /** The result for a text: a number, or the reason why it is none. */
    public sealed interface Parsed {

        record Valid(PhoneNumber number) implements Parsed {}

        /** @param reason one line that names what is wrong, with the number masked */
        record Rejected(String reason) implements Parsed {}
    }

    /**
     * The numbers that a do-not-call row holds back.
     *
     * @param e164 the digits of every number that the text may mean; empty where there is none
     * @param doubt one line that says what could not be read, with the number masked; null where the person meant is
     *     surely among the numbers
     */
    public record Blocked(List<Long> e164, @Nullable String doubt) {
        public Blocked {
            e164 = List.copyOf(e164);
        }
    }

    /**
     * Reads a number as people write it.
     *
     * @param defaultRegion ISO 3166-1 alpha-2 code of the country whose national notation the text may use; null where
     *     only the international one, with {@code +}, is right. A text with {@code +} needs no region, and a wrong one
     *     does no harm
     */
    public Parsed parse(String text, @Nullable String defaultRegion) {
        return switch (NumberText.of(text)) {
            case NumberText.Other(var fault) -> rejected(fault.reason, text);
            case NumberText.Digits digits ->
                switch (reader.read(digits, defaultRegion)) {
                    case NumberReader.Reading.One(var number, var type) -> new Parsed.Valid(number(number, type));
                    case NumberReader.Reading.Either(var national, var abroad) ->
                        rejected(eitherReason(digits, national, abroad), text);
                    case NumberReader.Reading.None(var reason, var _) -> rejected(reason, text);
                };
        };
    }

    private static String eitherReason(
            NumberText.Digits digits, NumberReader.Reading.One national, NumberReader.Reading.One abroad) {
        if (digits.digits().startsWith("0")) {
            return "may be a number of +" + national.number().getCountryCode()
                    + " or that country code behind a zero; write it with +";
        }
        return "has neither + nor trunk prefix: may be a number of +"
                + national.number().getCountryCode()
                + " without the latter or one that begins with +"
                + abroad.number().getCountryCode()
                + "; write it with one of them";
    }

    /**
     * Reads a cell of a do-not-call list. Where the cell may mean several numbers, all of them count; where it holds
     * other text too, the numbers beside that text count; and so does a number of a possible length that is in no plan,
     * because plans change.
     *
     * @param defaultRegion as in {@link #parse}
     */
    public Blocked blocked(String text, @Nullable String defaultRegion) {
        Set<Long> found = new LinkedHashSet<>();
        String doubt = null;
        switch (NumberText.of(text)) {
            case NumberText.Digits digits -> {
                found.addAll(e164(digits, defaultRegion));
                boolean isNone = found.isEmpty();
                boolean guessed = found.addAll(digits(readings.beginning(digits, text, defaultRegion)));
                boolean hasNoArea = readings.isLocalOnly(digits, defaultRegion);
                if (isNone || guessed || hasNoArea || (!digits.plus() && defaultRegion == null)) {
                    doubt = doubt(text, defaultRegion);
                } else if (digits.digits().length() > TWO_NUMBERS) {
                    doubt = NumberText.Fault.SEVERAL.reason + shown(text);
                }
            }
            case NumberText.Other(var fault) -> {
                List<NumberPart> parts = NumberPart.of(text);
                for (NumberPart part : parts) {
                    List<Long> numbers = e164(part.digits(), defaultRegion);
                    found.addAll(numbers);
                    if (numbers.isEmpty() && part.digits().digits().length() > LONGEST_EXTENSION) {
                        doubt = fault.reason + shown(text);
                    }
                }
                boolean guessed = found.addAll(digits(readings.together(parts, defaultRegion)));
                if (!readings.hasNumber(parts, defaultRegion) || guessed || GUESSED.contains(fault)) {
                    doubt = fault.reason + shown(text);
                }
            }
        }
        return new Blocked(List.copyOf(found), doubt);
    }

    private String doubt(String text, @Nullable String defaultRegion) {
        return switch (parse(text, defaultRegion)) {
            case Parsed.Rejected(var reason) -> reason;
            case Parsed.Valid _ -> "not a number of any plan" + shown(text);
        };
    }

    private List<Long> e164(NumberText.Digits digits, @Nullable String defaultRegion) {
        return digits(readings.of(digits, defaultRegion));
    }

    private List<Long> digits(List<Phonenumber.PhoneNumber> numbers) {
        return numbers.stream()
                .map(number -> Long.valueOf(reader.e164(number)))
                .filter(e164 -> e164 >= LEAST) // zeros alone are possible numbers of some plans
                .toList();
    }

    /**
     * Reads a number that is written as digits only: {@code +13055550123}, or ten digits in a region of country code 1.
     * It reads it only where the first digits and the length show that {@link #parse} would change no digit, and takes
     * a hundredth of the time of {@link #parse}.
     *
     * @return the E.164 digits, or 0 where the text must be looked at closely; the number may be in no plan
     */
    public long plain(String text, @Nullable String defaultRegion) {
        return plainNumbers.number(text, defaultRegion != null && plainNumbers.hasTenDigits(defaultRegion));
    }

    /**
     * Returns the number as it is dialled and looked up: without the trunk prefix that a number kept as it was written
     * may still have.
     *
     * @param e164 digits without plus
     * @return the same digits where they are no number of a possible length
     */
    public long normalised(long e164) {
        String text = "+" + e164;
        if (plainNumbers.number(text, false) != 0) {
            return e164;
        }
        List<Long> read = e164(new NumberText.Digits(true, text.substring(1), List.of()), null);
        return read.isEmpty() ? e164 : read.getFirst();
    }

    /**
     * Returns the version of the numbering plans' data: with another version, {@link #normalised} may return another
     * number.
     */
    public String version() {
        return VERSION;
    }

    private static String libraryVersion() {
        try (InputStream in = PhoneNumberUtil.class.getResourceAsStream(
                "/META-INF/maven/com.googlecode.libphonenumber/libphonenumber/pom.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("libphonenumber's version cannot be read", e);
        }
    }

    /** Whether the code is the ISO 3166-1 alpha-2 code of a region with a numbering plan. */
    public boolean isRegion(String code) {
        return plan.getSupportedRegions().contains(code);
    }

    /** Returns the country of a calling code, the United States for 1; null where there is none. */
    public @Nullable String regionOfCallingCode(int callingCode) {
        String region = plan.getRegionCodeForCountryCode(callingCode);
        return isRegion(region) ? region : null;
    }

    private PhoneNumber number(Phonenumber.PhoneNumber number, PhoneNumberType type) {
        String region = sharedRegion(plan.getRegionCodeForNumber(number));
        return new PhoneNumber(Long.parseLong(reader.e164(number)), region, kind(type), zones.of(number, type));
    }

    private String sharedRegion(@Nullable String region) {
        return region == null ? NO_REGION : regionCodes.computeIfAbsent(region, code -> code);
    }

    private static NumberKind kind(PhoneNumberType type) {
        return switch (type) {
            case FIXED_LINE -> NumberKind.FIXED_LINE;
            case MOBILE -> NumberKind.MOBILE;
            case FIXED_LINE_OR_MOBILE -> NumberKind.FIXED_LINE_OR_MOBILE;
            case TOLL_FREE -> NumberKind.TOLL_FREE;
            case PREMIUM_RATE -> NumberKind.PREMIUM_RATE;
            case SHARED_COST -> NumberKind.SHARED_COST;
            case VOIP -> NumberKind.VOIP;
            case PERSONAL_NUMBER -> NumberKind.PERSONAL;
            case PAGER -> NumberKind.PAGER;
            case UAN -> NumberKind.UAN;
            case VOICEMAIL -> NumberKind.VOICEMAIL;
            case UNKNOWN -> NumberKind.UNKNOWN;
        };
    }

    private static Parsed rejected(String reason, String text) {
        return new Parsed.Rejected(reason + shown(text));
    }

    /**
     * Shows at most the first four and the last two digits of a text that may hold a number; nothing of a text without
     * digits.
     */
    private static String shown(String text) {
        String digits = text.replaceAll("\\P{Nd}", "");
        if (digits.isEmpty()) {
            return "";
        }
        int shown = Math.min(4, digits.length() / 2);
        int tail = Math.min(2, digits.length() - shown);
        return ": " + (text.strip().startsWith("+") ? "+" : "")
                + digits.substring(0, shown)
                + "*".repeat(Math.max(0, Math.min(12, digits.length() - shown - tail)))
                + digits.substring(digits.length() - tail);
    }
}
