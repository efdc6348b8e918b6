package org.paceline.daemon.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberPlan;

/**
 * Finds the country of a row's number in national notation.
 *
 * <p>A column {@code country} has countries: codes, calling codes or English names. A column {@code region} has
 * countries in some lists and states or provinces in others, and DE is Delaware too. So it has countries where each of
 * its values in the whole file is one, unless each is also a part of the default region. Where none is a country, or
 * all are parts of the default region, it says nothing about numbers. Otherwise its meaning is not clear, and a row
 * that names another region than the default one is rejected unless its number has a plus.
 *
 * <p>Thread: the importing one.
 */
public final class CountryColumn {
    private static final Map<String, Set<String>> PARTS = parts();
    private static final int MOST_VALUES = 1_000;

    private final NumberPlan numbers;
    private final @Nullable String defaultRegion;
    private final int column;
    private final Meaning meaning;
    private final Map<String, String> known = new HashMap<>();

    /** The meaning of the column's values. */
    private enum Meaning {
        COUNTRIES,
        PARTS,
        UNCLEAR
    }

    /**
     * The country of a row.
     *
     * @param region ISO 3166-1 alpha-2, or null for none
     * @param fault why a number in national notation cannot be read there, or null where it can
     */
    public record Country(@Nullable String region, @Nullable String fault) {}

    private CountryColumn(NumberPlan numbers, @Nullable String defaultRegion, int column, Meaning meaning) {
        this.numbers = numbers;
        this.defaultRegion = defaultRegion;
        this.column = column;
        this.meaning = meaning;
    }

    /**
     * Finds the column of an opened list; reads the file once more where it is named {@code region}.
     *
     * @throws CsvException where the file cannot be read
     */
    public static CountryColumn of(CsvList list, ListFormat format, NumberPlan numbers) throws CsvException {
        int country = list.indexOf("country");
        if (country >= 0) {
            return new CountryColumn(numbers, format.region(), country, Meaning.COUNTRIES);
        }
        int column = list.indexOf("region");
        Meaning meaning = column < 0 ? Meaning.PARTS : meaning(valuesOf(list, column), format.region(), numbers);
        return new CountryColumn(numbers, format.region(), column, meaning);
    }

    private static Set<String> valuesOf(CsvList list, int column) throws CsvException {
        Set<String> values = new HashSet<>();
        try (CsvList again = list.again()) {
            for (CSVRecord row = again.nextRow(); row != null && values.size() < MOST_VALUES; row = again.nextRow()) {
                values.add(plain(CsvList.value(row, column)));
            }
        }
        values.remove("");
        return values;
    }

    private static Meaning meaning(Set<String> values, @Nullable String defaultRegion, NumberPlan numbers) {
        Set<String> parts = defaultRegion == null ? Set.of() : PARTS.getOrDefault(defaultRegion, Set.of());
        boolean allParts = parts.containsAll(values);
        long countries = values.stream().filter(numbers::isRegion).count();
        if (allParts || countries == 0) {
            return Meaning.PARTS;
        }
        return countries == values.size() ? Meaning.COUNTRIES : Meaning.UNCLEAR;
    }

    /** Returns the index of the column with countries; −1 where there is none. */
    public int index() {
        return meaning == Meaning.PARTS ? -1 : column;
    }

    public Country of(CSVRecord row) {
        String value = meaning == Meaning.PARTS ? "" : CsvList.value(row, column);
        if (value.isEmpty()) {
            return new Country(defaultRegion, null);
        }
        String region = known.computeIfAbsent(value, this::region);
        if (meaning == Meaning.COUNTRIES) {
            return region.isEmpty()
                    ? new Country(null, "unknown country; use a code such as US")
                    : new Country(region, null);
        }
        return region.equals(defaultRegion)
                ? new Country(region, null)
                : new Country(
                        null,
                        "region may be a country or a part of one, as the file has both: name the column country or"
                                + " state");
    }

    /** @return empty for none */
    private String region(String value) {
        String plain = plain(value);
        if (numbers.isRegion(plain)) {
            return plain;
        }
        if (plain.matches("\\d{1,3}")) {
            String of = numbers.regionOfCallingCode(Integer.parseInt(plain));
            return of == null ? "" : of;
        }
        String named = Names.COUNTRIES.getOrDefault(plain, "");
        return numbers.isRegion(named) ? named : "";
    }

    /** The countries' names, loaded when the first value is no code. */
    private static final class Names {
        static final Map<String, String> COUNTRIES =
                new HashMap<>(Map.of("UK", "GB", "ENGLAND", "GB", "AMERICA", "US"));

        static {
            for (String code : Locale.getISOCountries()) {
                Locale country = Locale.of("", code);
                COUNTRIES.put(plain(country.getISO3Country()), code);
                COUNTRIES.put(plain(country.getDisplayCountry(Locale.ENGLISH)), code);
                for (String language : new String[] {"de", "fr", "es", "it", "pt", "nl", "pl", "zh"}) {
                    COUNTRIES.putIfAbsent(plain(country.getDisplayCountry(Locale.of(language))), code);
                }
            }
        }
    }

    private static Map<String, Set<String>> parts() {
        Properties lines = new Properties();
        try (InputStream in = CountryColumn.class.getResourceAsStream("subdivisions.properties")) {
            lines.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("subdivisions.properties cannot be read", e);
        }
        Map<String, Set<String>> parts = new HashMap<>();
        lines.stringPropertyNames()
                .forEach(country -> parts.put(
                        country,
                        Set.copyOf(Arrays.asList(lines.getProperty(country).split(",")))));
        return parts;
    }

    /** Returns the text in capitals, without accents and separators. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{Nd}]", "");
    }
}
