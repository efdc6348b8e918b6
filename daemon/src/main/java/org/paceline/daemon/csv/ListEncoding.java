package org.paceline.daemon.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Detects the character encoding of a list: by a byte-order mark, UTF-16 by its zero bytes, UTF-8 where the whole file
 * is valid; otherwise the encoding in which a spreadsheet of the list's country saves, if the text then looks like that
 * country's. A file whose encoding is not certain is refused: a wrong guess would destroy names for good.
 *
 * <p>The whole file is read once before its first row is, so that no import stops half-way at a byte that does not fit.
 */
final class ListEncoding {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Charset BIG5 = Charset.forName("Big5");
    private static final Charset SHIFT_JIS = Charset.forName("windows-31j");
    private static final Charset KOREAN = Charset.forName("x-windows-949");
    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final Charset CENTRAL_EUROPEAN = Charset.forName("windows-1250");
    private static final Charset CYRILLIC = Charset.forName("windows-1251");
    private static final Charset GREEK = Charset.forName("windows-1253");
    private static final Charset TURKISH = Charset.forName("windows-1254");

    private static final Map<Charset, Set<String>> REGIONS = Map.of(
            GB18030, Set.of("CN", "SG"),
            BIG5, Set.of("TW", "HK", "MO"),
            SHIFT_JIS, Set.of("JP"),
            KOREAN, Set.of("KR"),
            CYRILLIC, Set.of("RU", "UA", "BY", "BG", "KZ", "KG", "RS", "MK"),
            CENTRAL_EUROPEAN, Set.of("PL", "CZ", "SK", "HU", "HR", "SI", "RO", "BA", "AL"),
            GREEK, Set.of("GR", "CY"),
            TURKISH, Set.of("TR"));

    /** Regions whose spreadsheets save in none of the other encodings and not in windows-1252 either. */
    private static final Set<String> ELSEWHERE = Set.of(
            "IL", "EG", "SA", "AE", "JO", "LB", "MA", "DZ", "TN", "IQ", "KW", "QA", "TH", "VN", "EE", "LV", "LT");

    private static final List<Charset> KNOWN =
            List.of(GB18030, BIG5, SHIFT_JIS, KOREAN, WESTERN, CENTRAL_EUROPEAN, CYRILLIC, GREEK, TURKISH);

    private static final int SAMPLE = 1 << 18;

    private ListEncoding() {}

    /**
     * @throws CsvException when the encoding is not certain, is not the one that the user names, or the file is no text
     * at all
     */
    static Charset of(Path file, ListFormat format) throws CsvException, IOException {
        ByteSurvey survey = ByteSurvey.of(file, SAMPLE);
        refuseWorkbook(file, survey.head());
        if (format.encoding() != null) {
            return named(file, format.encoding());
        }
        Charset unicode = survey.unicode();
        if (unicode != null) {
            return unicode;
        }
        if (survey.isNearlyUtf8()) {
            throw new CsvException(file + " line " + survey.firstFaultLine()
                    + " has bytes that are not UTF-8, while the rest of the file is: mend that line, or name the file's"
                    + " encoding with --encoding");
        }
        Charset likely = likely(survey, format.region());
        if (likely == null || !isAll(file, likely)) {
            throw new CsvException(file + " is not UTF-8, and which encoding it has is not certain: save it as UTF-8,"
                    + " or name its encoding, for example --encoding GB18030 or --encoding windows-1252");
        }
        return likely;
    }

    private static void refuseWorkbook(Path file, byte[] head) throws CsvException {
        String found = startsWith(head, 'P', 'K', 3, 4)
                ? "an Excel workbook or another zip archive"
                : startsWith(head, 0xD0, 0xCF, 0x11, 0xE0)
                        ? "an Excel workbook"
                        : startsWith(head, '%', 'P', 'D', 'F')
                                ? "a PDF document"
                                : startsWith(head, 0x1F, 0x8B) ? "compressed by gzip" : null;
        if (found != null) {
            throw new CsvException(file + " is " + found + ": save the list as CSV, in UTF-8");
        }
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset named(Path file, String name) throws CsvException, IOException {
        Charset charset;
        try {
            charset = Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new CsvException("--encoding " + name
                    + " is unknown: name one such as UTF-8, GB18030, Big5, Shift_JIS or windows-1252");
        }
        if (!isAll(file, charset)) {
            throw new CsvException(file + " has bytes that are not " + charset.name() + ": name another --encoding");
        }
        return charset;
    }

    private static boolean isAll(Path file, Charset charset) throws IOException {
        char[] buffer = new char[1 << 16];
        try (InputStream in = Files.newInputStream(file);
                Reader reader = strict(in, charset)) {
            while (reader.read(buffer) >= 0) {
                // Only whether it can be read matters.
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Makes a reader that fails at a byte that does not fit instead of replacing it. */
    static Reader strict(InputStream in, Charset charset) {
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static @Nullable Charset likely(ByteSurvey survey, @Nullable String region) {
        Charset usual = usual(region);
        Set<Charset> candidates = new LinkedHashSet<>();
        if (usual != null) {
            candidates.add(usual);
        }
        candidates.addAll(KNOWN);
        List<Charset> fitting = new ArrayList<>();
        for (Charset candidate : candidates) {
            String text = decoded(survey.sample(), candidate);
            if (text != null
                    && (candidate.equals(usual) || ListWords.hasForeignPhoneWord(decodedHead(survey, candidate)))
                    && LettersOf.of(candidate).look(text)) {
                fitting.add(candidate);
            }
        }
        if (!fitting.isEmpty()) {
            return fitting.getFirst();
        }
        Charset detected = detected(survey.sample());
        String text = detected == null ? null : decoded(survey.sample(), detected);
        return detected != null && text != null && LettersOf.of(detected).look(text) ? detected : null;
    }

    private static String decodedHead(ByteSurvey survey, Charset charset) {
        byte[] head = survey.head();
        int end = 0;
        while (end < head.length && head[end] != '\n' && head[end] != '\r') {
            end++;
        }
        return new String(head, 0, end, charset);
    }

    private static @Nullable Charset usual(@Nullable String region) {
        if (region == null) {
            return null;
        }
        String code = region.toUpperCase(Locale.ROOT);
        for (Map.Entry<Charset, Set<String>> entry : REGIONS.entrySet()) {
            if (entry.getValue().contains(code)) {
                return entry.getKey();
            }
        }
        return ELSEWHERE.contains(code) ? null : WESTERN;
    }

    private static @Nullable String decoded(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable Charset detected(byte[] sample) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(sample, 0, sample.length);
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        if (name == null || !Charset.isSupported(name)) {
            return null;
        }
        Charset charset = Charset.forName(name);
        return switch (charset.name()) {
            case "GB18030", "GBK", "GB2312" -> GB18030;
            case "EUC-KR", "x-windows-949" -> KOREAN;
            case "Shift_JIS", "windows-31j" -> SHIFT_JIS;
            case "ISO-8859-1", "windows-1252" -> WESTERN;
            case "EUC-JP", "Big5", "windows-1251", "windows-1253", "windows-1250" -> charset;
            default -> null;
        };
    }

    /** The letters of an encoding's languages; a wrongly decoded text hardly ever looks like them. */
    private enum LettersOf {
        SIMPLIFIED,
        TRADITIONAL,
        JAPANESE,
        HANGUL,
        CYRILLIC_LETTERS,
        GREEK_LETTERS,
        LATIN;

        private static final double SHARE = 0.85;

        static LettersOf of(Charset charset) {
            if (charset.equals(GB18030)) {
                return SIMPLIFIED;
            }
            if (charset.equals(BIG5)) {
                return TRADITIONAL;
            }
            if (charset.equals(SHIFT_JIS) || charset.name().equals("EUC-JP")) {
                return JAPANESE;
            }
            if (charset.equals(KOREAN)) {
                return HANGUL;
            }
            if (charset.equals(CYRILLIC)) {
                return CYRILLIC_LETTERS;
            }
            return charset.equals(GREEK) ? GREEK_LETTERS : LATIN;
        }

        /** Whether nearly all characters that are not ASCII are letters of these scripts, as in words. */
        boolean look(String text) {
            long foreign = 0;
            long fitting = 0;
            long longRuns = 0;
            long oddRuns = 0;
            int run = 0;
            int before = ' ';
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                i += Character.charCount(c);
                if (c < 0x80) {
                    oddRuns += run % 2;
                    run = 0;
                } else {
                    foreign++;
                    run++;
                    boolean odd = Character.isUpperCase(c) && Character.isLowerCase(before);
                    fitting += !odd && fits(c) ? 1 : 0;
                    longRuns += run > 3 ? 1 : 0;
                }
                before = c;
            }
            // Latin letters beyond ASCII mostly stand alone; two-byte characters that were mistaken for them come in
            // pairs.
            boolean words = this != LATIN || (oddRuns + run % 2 > 0 && longRuns * 5 <= foreign);
            return foreign > 0 && words && fitting >= SHARE * foreign;
        }

        private boolean fits(int c) {
            return isPunctuation(c)
                    || (Character.isLetter(c) && isOfScript(Character.UnicodeScript.of(c)) && isCommon(c));
        }

        private boolean isOfScript(Character.UnicodeScript script) {
            return switch (this) {
                case SIMPLIFIED, TRADITIONAL -> script == Character.UnicodeScript.HAN;
                case JAPANESE ->
                    script == Character.UnicodeScript.HAN
                            || script == Character.UnicodeScript.HIRAGANA
                            || script == Character.UnicodeScript.KATAKANA;
                case HANGUL -> script == Character.UnicodeScript.HANGUL || script == Character.UnicodeScript.HAN;
                case CYRILLIC_LETTERS -> script == Character.UnicodeScript.CYRILLIC;
                case GREEK_LETTERS -> script == Character.UnicodeScript.GREEK;
                case LATIN -> script == Character.UnicodeScript.LATIN;
            };
        }

        /**
         * Whether an ideograph is one of GB 2312 or of Big5's first level: wrongly decoded bytes mostly give rare ones.
         */
        private boolean isCommon(int c) {
            return switch (this) {
                case SIMPLIFIED -> leads(c, GB18030, 0xB0, 0xF7, 0xA1);
                case TRADITIONAL -> leads(c, BIG5, 0xA4, 0xC6, 0x40);
                case JAPANESE, HANGUL, CYRILLIC_LETTERS, GREEK_LETTERS, LATIN -> true;
            };
        }

        private static boolean leads(int c, Charset charset, int leastLead, int mostLead, int leastTrail) {
            byte[] bytes = Character.toString(c).getBytes(charset);
            return bytes.length == 2
                    && (bytes[0] & 0xFF) >= leastLead
                    && (bytes[0] & 0xFF) <= mostLead
                    && (bytes[1] & 0xFF) >= leastTrail;
        }

        private static boolean isPunctuation(int c) {
            return (c >= 0x3000 && c <= 0x303F)
                    || (c >= 0xFF00 && c <= 0xFFEF)
                    || (c >= 0x2010 && c <= 0x2026)
                    || "\u00A0\u00A7\u00AA\u00B0\u00B7\u00BA\u20AC".indexOf(c) >= 0;
        }
    }
}
