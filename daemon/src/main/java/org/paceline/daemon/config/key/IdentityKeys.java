package org.paceline.daemon.config.key;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.rules.NumberNotation;
import org.paceline.rules.NumberPlan;
import org.paceline.sip.identity.IdentityTerms;
import org.paceline.sip.identity.IdentityTerms.CallerIdHeader;
import org.paceline.sip.identity.IdentityTerms.Privacy;
import org.paceline.sip.identity.NumberForm;
import org.paceline.sip.identity.NumberFormat;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.Section;
import org.paceline.yaml.key.SectionList;

/** A trunk's {@code number-format} and {@code identity}. */
public final class IdentityKeys {
    private static final NumberPlan PLAN = new NumberPlan();
    private static final String PREFIX_FORM = "\\+[1-9][0-9]{0,14}";

    /** What stands for no tech prefix, so that a rule can take the trunk's away. */
    private static final String NO_TECH_PREFIX = "none";

    /** What stands for the caller ID as the user of From. */
    public static final String CALLER_ID = "caller-id";

    /** The numbers that begin so, and how they are written. */
    public record PrefixForm(long prefix, NumberForm form) {}

    private static final ScalarType<NumberNotation> NOTATION = ScalarType.choice(NumberNotation.class);
    private static final ScalarType<String> TECH_PREFIX_TYPE = new ScalarType<>(
                    "1 to 16 digits, '*' and '#', or none for nothing",
                    text -> NO_TECH_PREFIX.equals(text) ? "" : text.matches(NumberForm.TECH_PREFIX) ? text : null)
            .write(prefix -> prefix.isEmpty() ? NO_TECH_PREFIX : prefix)
            .json(JsonKeywords.digits(NumberForm.TECH_PREFIX + "|" + NO_TECH_PREFIX));

    public static final Key<NumberForm, NumberNotation> CALLEE = Key.of(
                    "callee",
                    NOTATION,
                    "in Request-URI and To: e164 (+4930…), e164-bare (4930…), e164-00 (004930…) or national (030…)")
            .usually(NumberForm.E164.callee())
            .shown(NumberForm::callee);
    public static final Key<NumberForm, NumberNotation> CALLER = Key.of("caller", NOTATION, "of the caller ID")
            .usually(NumberForm.E164.caller())
            .shown(NumberForm::caller);
    public static final Key<NumberForm, String> TECH_PREFIX = Key.of(
                    "tech-prefix", TECH_PREFIX_TYPE, "in front of the callee")
            .usually("")
            .shown(NumberForm::techPrefix);

    public static final Key<PrefixForm, Long> PREFIX = Key.of(
                    "prefix",
                    new ScalarType<>(
                                    "+ and the first digits of numbers, for example +1305",
                                    text -> text.matches(PREFIX_FORM) ? Long.valueOf(text.substring(1)) : null)
                            .write(prefix -> "+" + prefix)
                            .json(JsonKeywords.digits(PREFIX_FORM)),
                    "")
            .required(1L)
            .shown(PrefixForm::prefix);
    /** The keys of a form within a rule, where the trunk's own value holds unless one is set. */
    public static final Key<PrefixForm, NumberNotation> RULE_CALLEE = Key.of("callee", NOTATION, "default: the trunk's")
            .shown(rule -> rule.form().callee());

    public static final Key<PrefixForm, NumberNotation> RULE_CALLER = Key.of("caller", NOTATION, "default: the trunk's")
            .shown(rule -> rule.form().caller());
    public static final Key<PrefixForm, String> RULE_TECH_PREFIX = Key.of(
                    "tech-prefix", TECH_PREFIX_TYPE, "default: the trunk's")
            .shown(rule -> rule.form().techPrefix());

    public static final Key<NumberFormat, String> COUNTRY = Key.of(
                    "country",
                    new ScalarType<>("a country as ISO 3166-1 writes it, for example DE", IdentityKeys::country),
                    "within which national is dialled")
            .shown(NumberFormat::country);
    public static final Key<NumberFormat, Boolean> USER_PHONE = Key.of(
                    "user-phone", ScalarType.FLAG, "user=phone in the URIs of numbers")
            .usually(false)
            .shown(NumberFormat::userPhone);
    public static final SectionList<NumberFormat, PrefixForm> RULES = SectionList.<PrefixForm>of(
                    "rules",
                    "for callees that begin so; the longest prefix counts; none unless set",
                    List.of(PREFIX, RULE_CALLEE, RULE_CALLER, RULE_TECH_PREFIX))
            .shown(IdentityKeys::rules)
            .tellingNone();
    public static final Section<TrunkConfig, NumberFormat> NUMBER_FORMAT = Section.<NumberFormat>of(
                    "number-format",
                    "how it wants numbers written; the rules judge the numbers, this only writes them",
                    List.of(
                            CALLEE.shown((NumberFormat format) -> format.form().callee()),
                            CALLER.shown((NumberFormat format) -> format.form().caller()),
                            TECH_PREFIX.shown(
                                    (NumberFormat format) -> format.form().techPrefix()),
                            COUNTRY,
                            USER_PHONE,
                            RULES))
            .shown((TrunkConfig trunk) -> trunk.identity().numbers());

    public static final Key<IdentityTerms, String> FROM = Key.of(
                    "from",
                    ScalarType.matching(
                            "caller-id, or the user part of a SIP URI in at most 64 letters, digits and _.!~*'()&=+$,/-",
                            IdentityTerms.USER),
                    "caller-id, or a user such as the account's")
            .usually(CALLER_ID)
            .shown((IdentityTerms terms) -> terms.fromUser() == null ? CALLER_ID : terms.fromUser());
    public static final Key<IdentityTerms, String> HOST = Key.of(
                    "host", Types.REACHABLE_HOST, "host part of From and the others; default: sip.caller-id-host")
            .shown(IdentityTerms::host);
    public static final Key<IdentityTerms, String> DISPLAY_NAME = Key.of(
                    "display-name",
                    new ScalarType<>(
                            "1 to 64 characters in one line, without control characters",
                            text -> IdentityTerms.isName(text) ? text : null),
                    "beside the caller ID; none unless set")
            .shown((IdentityTerms terms) -> terms.displayName().isEmpty() ? null : terms.displayName());
    public static final Key<IdentityTerms, CallerIdHeader> CALLER_ID_HEADER = Key.of(
                    "caller-id-header", ScalarType.choice(CallerIdHeader.class), "has the caller ID, beside From")
            .usually(IdentityTerms.USUAL.header())
            .shown(IdentityTerms::header);
    public static final Key<IdentityTerms, Privacy> PRIVACY = Key.of(
                    "privacy",
                    ScalarType.choice(Privacy.class),
                    "withholds the caller ID from who is called; telemarketing laws forbid that")
            .usually(IdentityTerms.USUAL.privacy())
            .shown(IdentityTerms::privacy);
    public static final Key<IdentityTerms, Long> DIVERSION = Key.of(
                    "diversion", ScalarType.E164, "a number of ours that calls are said to be diverted from")
            .shown(IdentityTerms::diversion);
    public static final Section<TrunkConfig, IdentityTerms> IDENTITY = Section.<IdentityTerms>of(
                    "identity",
                    "where it wants the caller ID, and what else is said of the caller",
                    List.of(FROM, HOST, DISPLAY_NAME, CALLER_ID_HEADER, PRIVACY, DIVERSION))
            .shown((TrunkConfig trunk) -> trunk.identity().terms());

    private IdentityKeys() {}

    private static List<PrefixForm> rules(NumberFormat format) {
        return new TreeMap<>(format.byPrefix())
                .entrySet().stream()
                        .map(entry -> new PrefixForm(entry.getKey(), entry.getValue()))
                        .toList();
    }

    private static @Nullable String country(String text) {
        String code = text.toUpperCase(Locale.ROOT);
        return PLAN.isRegion(code) ? code : null;
    }
}
