package org.paceline.daemon.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as people's spreadsheets save them. */
class CsvListTest {
    private static final String CHINESE = "phone,name,city\n13800138000,张伟,北京\n13800138001,李娜,上海\n";
    private static final String GERMAN = "phone;name\n+4930901820;Müller\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "GBK, CN",
        "GB18030, CN",
        "UTF-8, CN",
        "UTF-8, US",
        "UTF-16, CN",
        "UTF-16LE, CN",
        "UTF-16BE, US",
    })
    void shouldReadChineseNamesInEveryEncodingOfASpreadsheet(String encoding, String region) throws Exception {
        try (CsvList list = open(CHINESE, encoding, region)) {
            assertThat(column(list, "name")).containsExactly("张伟", "李娜");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252, DE, Telefon;Name, Jürgen Groß",
        "windows-1252, FR, téléphone;nom, Amélie Lefèvre",
        "windows-1252, ES, teléfono;nombre, Peña",
        "windows-1252, US, phone;name, “Bob” O’Hara",
        "windows-1250, PL, telefon;imię, Łukasz Żółć",
        "windows-1251, RU, телефон;имя, Иван Петров",
        "windows-1251, KZ, phone;name, Асель",
        "windows-1253, GR, τηλέφωνο;όνομα, Νίκος Παπαδόπουλος",
        "Big5, TW, 手機;姓名, 張偉明",
        "Shift_JIS, JP, 電話番号;氏名, 田中さくら",
        "EUC-KR, KR, 전화번호;이름, 김철수",
        "GBK, , 手机;姓名, 王芳",
    })
    void shouldReadWhatTheCountrysSpreadsheetsSave(String encoding, @Nullable String region, String header, String name)
            throws Exception {
        String asSaved = new String(name.getBytes(Charset.forName(encoding)), Charset.forName(encoding));
        try (CsvList list = open(header + "\n+4930901820;" + name + "\n", encoding, region)) {
            assertThat(list.phoneColumns()).containsExactly(0);
            CSVRecord row = Objects.requireNonNull(list.nextRow());
            assertThat(row.get(1)).isEqualTo(asSaved);
        }
    }

    /** Never one replacement character: the right text or an error that names the option. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadOrRefuseButNeverDestroyANameWhenTheRegionMisleads(long seed) throws Exception {
        Random random = new Random(seed);
        String[] names = {"张伟", "Müller", "Łukasz", "Иванов", "김철수", "田中さくら", "張偉明", "Νίκος", "Peña"};
        String[] encodings = {
            "GBK",
            "windows-1252",
            "windows-1250",
            "windows-1251",
            "EUC-KR",
            "Shift_JIS",
            "Big5",
            "windows-1253",
            "windows-1252"
        };
        String[] regions = {"CN", "DE", "US", "TW", "JP", "KR", "RU", "PL", "IL", null};
        for (int i = 0; i < 200; i++) {
            int kind = random.nextInt(names.length);
            String region = regions[random.nextInt(regions.length)];
            StringBuilder text = new StringBuilder("phone,name\n");
            for (int row = random.nextInt(20); row >= 0; row--) {
                text.append("+493090182")
                        .append(10 + row)
                        .append(',')
                        .append(names[kind])
                        .append('\n');
            }
            try (CsvList list = open(text.toString(), encodings[kind], region)) {
                assertThat(column(list, "name"))
                        .as("seed %s case %s: %s in %s, region %s", seed, i, names[kind], encodings[kind], region)
                        .allMatch(name -> name.indexOf('\uFFFD') < 0);
            } catch (CsvException e) {
                assertThat(e).hasMessageContaining("--encoding");
            }
        }
    }

    @Test
    void shouldTakeTheEncodingThatTheUserNames() throws Exception {
        Path file = write(GERMAN, "ISO-8859-15");
        try (CsvList list = CsvList.open(file, new ListFormat(null, "iso-8859-15", null))) {
            assertThat(column(list, "name")).containsExactly("Müller");
        }
        assertThatThrownBy(() -> CsvList.open(file, new ListFormat(null, "utf-8", null)))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("has bytes that are not UTF-8");
        assertThatThrownBy(() -> CsvList.open(file, new ListFormat(null, "utf8x", null)))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("--encoding utf8x is unknown");
    }

    @Test
    void shouldNameTheLineWhereAUtf8FileHasAStrayByte() throws Exception {
        String text = "phone,name\n" + "+4930901820,Jürgen Müller\n".repeat(10_000);
        byte[] good = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = java.util.Arrays.copyOf(good, good.length + 2);
        bytes[good.length] = (byte) 0xFC;
        bytes[good.length + 1] = '\n';
        Path file = Files.write(folder.resolve("list.csv"), bytes);
        assertThatThrownBy(() -> CsvList.open(file, ListFormat.ofRegion("DE")))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("line 10002 has bytes that are not UTF-8");
    }

    @Test
    void shouldSayWhatAWorkbookIs() throws Exception {
        Path file = Files.write(folder.resolve("list.csv"), new byte[] {'P', 'K', 3, 4, 0, 0});
        assertThatThrownBy(() -> CsvList.open(file, ListFormat.FOUND_OUT))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("an Excel workbook")
                .hasMessageContaining("save the list as CSV");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Number,Name,Phone ! 2", "street,number,phone ! 2", "name,number ! 1", "Kunde;Nummer;Rufnummer ! 2",
                "姓名,手机号码 ! 1", "name,phone1 ! 1", "Nom|Tél. ! 1", "氏名,携帯電話 ! 1",
            })
    void shouldTakeTheColumnWhoseHeaderSaysSoMostClearly(String header, int column) throws Exception {
        try (CsvList list = open(header + "\n", "UTF-8", null)) {
            assertThat(list.phoneColumn()).isEqualTo(column);
        }
    }

    @Test
    void shouldAskWhichColumnWhereTwoFit() throws Exception {
        try (CsvList list = open("姓名,手机,电话\n", "UTF-8", "CN")) {
            assertThat(list.phoneColumns()).containsExactly(1, 2);
            assertThatThrownBy(list::phoneColumn)
                    .isInstanceOf(CsvException.class)
                    .hasMessageContaining("手机, 电话")
                    .hasMessageContaining("--phone-column '手机'");
        }
        try (CsvList list = open("name,phone,phone\n", "UTF-8", null)) {
            assertThatThrownBy(list::phoneColumn)
                    .isInstanceOf(CsvException.class)
                    .hasMessageContaining("column phone twice")
                    .hasMessageContaining("--phone-column 2");
        }
        Path file = write("name,phone,phone\nA,1,2\n", "UTF-8");
        try (CsvList list = CsvList.open(file, new ListFormat("3", null, null))) {
            assertThat(list.phoneColumn()).isEqualTo(2);
        }
        assertThatThrownBy(() -> CsvList.open(file, new ListFormat("phone", null, null)))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> CsvList.open(file, new ListFormat("fax", null, null)))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("has no column fax: its columns are name, phone, phone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep=;\nname;phone\nA;1\n",
                "\"sep=;\"\r\nname;phone\r\nA;1\r\n",
                "Customers of 2026\nname;phone\nA;1\n",
                "Customers of 2026;;\n\nname;phone;\nA;1;\n",
                "name\tphone\nA\t1\n",
                "name|phone\nA|1\n",
            })
    void shouldReadWhatSpreadsheetsPutAround(String text) throws Exception {
        try (CsvList list = open(text, "UTF-8", null)) {
            assertThat(list.columns()).containsExactly("name", "phone");
            CSVRecord row = Objects.requireNonNull(list.nextRow());
            assertThat(CsvList.value(row, list.phoneColumn())).isEqualTo("1");
            assertThat(list.isTooLong(row)).isFalse();
        }
    }

    private List<String> column(CsvList list, String name) throws CsvException {
        List<String> values = new ArrayList<>();
        for (CSVRecord row = list.nextRow(); row != null; row = list.nextRow()) {
            values.add(CsvList.value(row, list.indexOf(name)));
        }
        return values;
    }

    private CsvList open(String text, String encoding, @Nullable String region) throws Exception {
        return CsvList.open(write(text, encoding), ListFormat.ofRegion(region));
    }

    private Path write(String text, String encoding) throws Exception {
        return Files.writeString(folder.resolve("list.csv"), text, Charset.forName(encoding));
    }
}
