package org.paceline.daemon.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.rules.NumberPlan;

class CountryColumnTest {
    private static final NumberPlan PLAN = new NumberPlan();

    @TempDir
    Path files;

    /** Of each row its region, or ! where its numbers cannot be read. */
    private List<String> regions(String header, String values, @Nullable String defaultRegion) throws Exception {
        StringBuilder text = new StringBuilder("phone," + header + "\n");
        for (String value : List.of(values.split(" ", -1))) {
            text.append("1,").append(value.replace('_', ' ').replace("-", "")).append('\n');
        }
        Path file = Files.writeString(files.resolve("list.csv"), text);
        ListFormat format = ListFormat.ofRegion(defaultRegion);
        List<String> regions = new ArrayList<>();
        try (CsvList list = CsvList.open(file, format)) {
            CountryColumn countries = CountryColumn.of(list, format, PLAN);
            for (CSVRecord row = list.nextRow(); row != null; row = list.nextRow()) {
                CountryColumn.Country country = countries.of(row);
                regions.add(country.fault() == null ? String.valueOf(country.region()) : "!");
            }
        }
        return regions;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                // states
                "region,  DE GA CO Florida,   US,   US US US US",
                "region,  DE GA CO,           US,   US US US",
                "region,  de ny - tx,         US,   US US US US",
                "region,  Bayern Hessen,      DE,   DE DE",
                "region,  BE BY,              DE,   DE DE",
                "region,  Florida Texas,      none, null null",
                "region,  Yorkshire London,   GB,   GB GB",
                // countries
                "region,  AT DE CH -,         DE,   AT DE CH DE",
                "region,  MX CA,              US,   MX CA",
                "region,  at,                 none, AT",
                // neither is certain
                "region,  AT DE ZZ -,         DE,   ! DE ! DE",
                "region,  DE GA TX,           none, ! ! !",
                // a country is one, whatever it could be else
                "country, DE GA CO,           US,   DE GA CO",
                "Country Code, 49 +43 1,      none, DE AT US",
                "country, Germany UK USA deu, US,   DE GB US DE",
                "Land,    Österreich Schweiz, DE,   AT CH",
                "country, Utopia DE,          US,   ! DE",
                "state,   DE GA,              US,   US US",
            })
    void shouldTellCountriesFromStates(String header, String values, @Nullable String defaultRegion, String expected)
            throws Exception {
        assertThat(String.join(" ", regions(header, values, defaultRegion))).isEqualTo(expected);
    }

    @Test
    void shouldReadEveryRowAfterHavingLookedAtAllOfThem() throws Exception {
        assertThat(regions("region", "AT ".repeat(3_000).strip(), "DE"))
                .hasSize(3_000)
                .containsOnly("AT");
    }
}
