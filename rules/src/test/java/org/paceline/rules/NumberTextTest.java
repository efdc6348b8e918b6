package org.paceline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+49 30 901820",
                "+49\u00a030\u202f901820",
                "+49-30-901820",
                "+49\u201130\u2013901820",
                "+49\u221230\u2014901820",
                "+49.30.901820",
                "+49/30/901820",
                "(+49) 30 / 901820",
                "[+49] 30 901820",
                "＋４９　３０－９０１８２０",
                "+٤٩ ٣٠ ٩٠١٨٢٠",
                "+४९ ३० ९०१८२०",
                "tel:+49-30-901820",
                "TEL: +49 30 901820",
                "\ufeff+49 30 901820",
                "\u202a+49 30 901820\u202c",
                "+49\u200b30\u00ad901820",
                "\t+49 30 901820 \n",
                "'+4930901820",
                "\"+4930901820\"",
                "=\"+4930901820\"",
                "+4930901820.0",
                "+4930901820,00",
                "+ 49 30 901820.",
            })
    void shouldReadDigitsAndTheUsualSeparators(String cell) {
        assertThat(NumberText.of(cell))
                .isInstanceOfSatisfying(
                        NumberText.Digits.class,
                        digits -> assertThat(text(digits)).isEqualTo("+4930901820"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                           | EMPTY",
                "' \u200b '                   | EMPTY",
                "n/a                          | NO_NUMBER",
                "-                            | NO_NUMBER",
                "Jane Doe                     | NO_NUMBER",
                "030 901820 mob               | LETTERS",
                "mob 030 901820               | LETTERS",
                "030 90l820                   | LETTERS",
                "+43 1 58850 Buero            | LETTERS",
                "1-800-FLOWERS                | LETTERS",
                "030 901820 x5                | EXTENSION",
                "030 901820 ext. 5            | EXTENSION",
                "030 901820 (Ext 5)           | EXTENSION",
                "030 901820;ext=5             | EXTENSION",
                "030 901820#5                 | EXTENSION",
                "030 901820, 030 901821       | SEVERAL",
                "030 901820;030 901821        | SEVERAL",
                "030 901820 or 030 901821     | SEVERAL",
                "030 901820 + 030 901821      | SEVERAL",
                "030 901820 + 5               | PLUS",
                "030 901820 *                 | SIGNS",
                "-030 901820                  | SIGNS",
                "030901820~1                  | SIGNS",
                "030901820.5                  | DECIMAL",
                "4.930901826E10               | SCIENTIFIC",
                "'4,93091E+10'                | SCIENTIFIC",
                "tel:1234567;phone-context=+1 | CONTEXT",
                "123456789012345678901234567890123 | TOO_LONG",
            })
    void shouldSayWhatElseStandsInTheCell(String cell, NumberText.Fault fault) {
        assertThat(NumberText.of(cell)).isEqualTo(new NumberText.Other(fault));
    }

    @Test
    void shouldSeeASecondLineAsAnotherNumber() {
        assertThat(NumberText.of("3055550123\n3055550124")).isEqualTo(new NumberText.Other(NumberText.Fault.SEVERAL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "030 901820 mob                   | 030901820",
                "tel. 030 901820 / fax 030 901821 | 030901820 030901821",
                "'030901820, 030901821'           | 030901820 030901821",
                "030 901820 ext. 5                | 030901820",
                "030 901820 ext. 5 or +49301 x9   | 030901820 +49301",
                "4.930901826E10                   | 49309018260",
                "1e99                             | ''",
                "030901820.5                      | 030901820",
                "no number                        | ''",
            })
    void shouldFindEveryNumberInACell(String cell, String expected) {
        assertThat(NumberPart.of(cell).stream().map(part -> text(part.digits())).toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void shouldReadAMegabyteOfAnythingInNoTime() {
        assertThat(NumberPart.of("x5 ".repeat(300_000))).isNotEmpty();
        assertThat(NumberText.of(" (".repeat(500_000))).isInstanceOf(NumberText.Other.class);
    }

    private static String text(NumberText.Digits digits) {
        return (digits.plus() ? "+" : "") + digits.digits();
    }
}
