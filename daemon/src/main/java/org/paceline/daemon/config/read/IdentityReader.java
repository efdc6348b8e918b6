package org.paceline.daemon.config.read;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.key.IdentityKeys;
import org.paceline.rules.NumberNotation;
import org.paceline.sip.identity.IdentityTerms;
import org.paceline.sip.identity.IdentityTerms.CallerIdHeader;
import org.paceline.sip.identity.IdentityTerms.Privacy;
import org.paceline.sip.identity.NumberForm;
import org.paceline.sip.identity.NumberFormat;
import org.paceline.sip.identity.TrunkIdentity;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/** Reads a trunk's {@code number-format} and {@code identity}. */
final class IdentityReader {

    private IdentityReader() {}

    static TrunkIdentity read(YamlMap trunk) {
        return new TrunkIdentity(numbers(IdentityKeys.NUMBER_FORMAT.in(trunk)), terms(IdentityKeys.IDENTITY.in(trunk)));
    }

    private static NumberFormat numbers(YamlMap map) {
        NumberForm form = new NumberForm(
                IdentityKeys.CALLEE.of(map), IdentityKeys.CALLER.of(map), IdentityKeys.TECH_PREFIX.of(map));
        Map<Long, NumberForm> byPrefix = byPrefix(map, form);
        Field<String> country = IdentityKeys.COUNTRY.in(map);
        String code = country.orNull();
        boolean isNational = Stream.concat(Stream.of(form), byPrefix.values().stream())
                .anyMatch(each -> each.callee() == NumberNotation.NATIONAL || each.caller() == NumberNotation.NATIONAL);
        if (isNational && code == null) {
            if (!country.isWritten()) {
                country.place()
                        .problem("is missing: must be the country within which national is dialled, for example DE");
            }
            return NumberFormat.E164;
        }
        return new NumberFormat(form, byPrefix, code, IdentityKeys.USER_PHONE.of(map));
    }

    private static Map<Long, NumberForm> byPrefix(YamlMap map, NumberForm usual) {
        Map<Long, NumberForm> byPrefix = new HashMap<>();
        Map<Long, Integer> lines = new HashMap<>();
        for (YamlMap rule : IdentityKeys.RULES.in(map)) {
            Field<Long> prefix = IdentityKeys.PREFIX.in(rule);
            long digits = prefix.required(1L);
            byPrefix.put(
                    digits,
                    new NumberForm(
                            IdentityKeys.RULE_CALLEE.in(rule).orElse(usual.callee()),
                            IdentityKeys.RULE_CALLER.in(rule).orElse(usual.caller()),
                            IdentityKeys.RULE_TECH_PREFIX.in(rule).orElse(usual.techPrefix())));
            Integer earlier = lines.putIfAbsent(digits, prefix.place().line());
            if (earlier != null && prefix.orNull() != null) {
                prefix.place().problem("has a rule already, in line " + earlier + "; keep one");
            }
        }
        return byPrefix;
    }

    private static IdentityTerms terms(YamlMap map) {
        String from = IdentityKeys.FROM.of(map);
        @Nullable String user = IdentityKeys.CALLER_ID.equals(from) ? null : from;
        Field<CallerIdHeader> header = IdentityKeys.CALLER_ID_HEADER.in(map);
        Privacy privacy = IdentityKeys.PRIVACY.of(map);
        CallerIdHeader chosen = header.orElse(IdentityTerms.USUAL.header());
        if (chosen == CallerIdHeader.NONE && (user != null || privacy != Privacy.NONE)) {
            header.place()
                    .problem("must not be none where "
                            + (user == null ? "privacy hides the caller ID in From" : "from is not caller-id")
                            + ": the caller ID would stand nowhere");
            chosen = IdentityTerms.USUAL.header();
        }
        return new IdentityTerms(
                user,
                IdentityKeys.HOST.in(map).orNull(),
                IdentityKeys.DISPLAY_NAME.in(map).orElse(""),
                chosen,
                privacy,
                IdentityKeys.DIVERSION.in(map).orNull());
    }
}
