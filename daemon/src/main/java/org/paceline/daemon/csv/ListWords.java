package org.paceline.daemon.csv;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The words that people write at the head of a list's columns, in the languages of those who make lists. */
final class ListWords {
    private static final Set<String> PHONE = words("""
        phone, phone number, phone no, telephone, telephone number, tel, tel no, mobile, mobile number, mobile phone,
        cell, cell phone, cell number, landline, home phone, work phone, msisdn, e164,
        电话, 电话号码, 手机, 手机号, 手机号码, 联系电话, 移动电话, 座机, 固定电话, 固话, 客户电话, 被叫号码,
        電話, 電話號碼, 手機, 手機號碼, 聯絡電話, 行動電話, 市話,
        電話番号, 携帯, 携帯電話, 携帯番号, 전화, 전화번호, 휴대폰, 휴대전화, 핸드폰, 연락처,
        Telefon, Telefonnummer, Telefon-Nr, Rufnummer, Handy, Handynummer, Mobil, Mobilnummer, Mobiltelefon, Festnetz,
        téléphone, numéro de téléphone, portable, téléphone portable, téléphone mobile,
        teléfono, número de teléfono, móvil, celular, teléfono móvil,
        telefone, número de telefone, telemóvel, telefono, numero di telefono, cellulare,
        telefoon, telefoonnummer, mobiel, telefonnummer, mobilnummer, puhelin, puhelinnumero,
        numer telefonu, komórka, telefonní číslo, mobilní telefon, telefonszám, cep telefonu, telefon numarası,
        телефон, номер телефона, мобильный, мобильный телефон, номер телефону, τηλέφωνο, κινητό,
        số điện thoại, điện thoại, โทรศัพท์, เบอร์โทร, เบอร์โทรศัพท์, फ़ोन, मोबाइल, هاتف, رقم الهاتف, جوال, טלפון, נייד\
        """);

    /** Words that may mean a telephone, a customer or a house number: used where there is no better column. */
    private static final Set<String> PERHAPS_PHONE = words("""
        number, no, contact, contact number, caller, callee, destination, to, 号码, 号碼, 號碼, 联系方式, 聯絡方式, 番号,
        Nummer, numéro, número, numero, номер, 번호\
        """);

    /** Other words for a list's own columns. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "areacode", words("area, npa, Vorwahl, 区号, 區號, 市外局番"),
            "country", words("country code, country iso, country name, Land, Ländercode, pays, país, paese, 国家, 國家, 国"),
            "name", words("""
                full name, customer, customer name, contact name, 姓名, 名字, 客户姓名, 客户名称, 客户, 联系人, 名称,
                客戶姓名, 聯絡人, 氏名, 名前, お名前, 이름, 성명, Vollständiger Name, Kunde, Kundenname, nom, nom complet,
                nombre, nombre completo, nome, nome completo, naam, namn, navn, imię i nazwisko, nazwisko, jméno, név,
                ad soyad, имя, ФИО, ім'я, όνομα, họ tên, họ và tên, ชื่อ, नाम, الاسم, שם\
                """),
            "priority", words("优先级, 優先級, 优先, Priorität, priorité, prioridad, priorità, приоритет"),
            "grade", words("等级, 客户等级, 级别, 等級"),
            "segment", words("分组, 客户分组, 分組, Segment, segmento"),
            "consent", words("同意, 同意时间, 授权时间, Einwilligung, consentement, consentimiento, consenso"),
            "campaign", words("活动, 外呼活动, 項目, 项目, Kampagne, campagne, campaña, campanha, campagna"),
            "source", words("来源, 來源, Quelle, origen, origine"),
            "until", words("expires, expiry, valid until, 有效期, 截止日期, 到期日, gültig bis, bis"));

    private ListWords() {}

    private static Set<String> words(String list) {
        return Arrays.stream(list.split(",")).map(ListWords::plain).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns how surely a header is a telephone column's: 2 for surely, 1 for perhaps, 0 for not. A digit behind the
     * word does not matter.
     */
    static int phoneRank(String header) {
        String plain = plain(header);
        String withoutDigits = plain.replaceFirst("\\d$", "");
        if (PHONE.contains(plain) || PHONE.contains(withoutDigits)) {
            return 2;
        }
        return PERHAPS_PHONE.contains(plain) ? 1 : 0;
    }

    /** Whether a header line has a telephone word that is not ASCII, which shows that the line was decoded rightly. */
    static boolean hasForeignPhoneWord(String headerLine) {
        return Arrays.stream(headerLine.split("[,;\\t|\"]"))
                .anyMatch(cell -> phoneRank(cell) > 0 && cell.chars().anyMatch(c -> c >= 0x80));
    }

    /** Whether a header means a list's own column, in the product's word or another. */
    static boolean means(String header, String column) {
        String plain = plain(header);
        return plain.equals(plain(column))
                || OTHERS.getOrDefault(column, Set.of()).contains(plain);
    }

    /** Returns the header without case, accents, separators and the widths of East Asian letters. */
    static String plain(String header) {
        StringBuilder plain = new StringBuilder(header.length());
        Normalizer.normalize(header, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
