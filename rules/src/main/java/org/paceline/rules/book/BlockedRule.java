package org.paceline.rules.book;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.policy.BlockedNumbers;
import org.paceline.rules.policy.BlockedNumbers.Prefix;
import org.paceline.yaml.ScalarType;

/** Refuses numbers with prefixes or of kinds that are never dialled. */
final class BlockedRule implements Rule {
    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int power = 1; power < POWERS_OF_TEN.length; power++) {
            POWERS_OF_TEN[power] = 10 * POWERS_OF_TEN[power - 1];
        }
    }

    private final String source;
    private final BlockedNumbers blocked;
    private final Set<NumberKind> kinds;
    private final long[] prefixes;
    private final int[] prefixDigits;
    private final int[] atMostDigits;

    BlockedRule(String source, BlockedNumbers blocked) {
        this.source = source;
        this.blocked = blocked;
        this.kinds = Collections.unmodifiableSet(kinds(blocked));
        List<Prefix> list = blocked.prefixes();
        prefixes = list.stream()
                .mapToLong(prefix -> Long.parseLong(prefix.digits()))
                .toArray();
        prefixDigits =
                list.stream().mapToInt(prefix -> prefix.digits().length()).toArray();
        atMostDigits = list.stream().mapToInt(Prefix::atMostDigits).toArray();
    }

    @Override
    public RuleId id() {
        return RuleId.PREFIX_BLOCKED;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public String figure() {
        List<String> parts = new ArrayList<>();
        blocked.prefixes().forEach(prefix -> parts.add(prefix.toString()));
        blocked.kinds().stream().sorted().map(ScalarType::written).forEach(parts::add);
        return "never " + String.join(" ", parts);
    }

    @Override
    public String citation() {
        return blocked.citation();
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        PhoneNumber number = request.number();
        if (kinds.contains(number.kind())) {
            return refused("a " + ScalarType.written(number.kind()) + " number, which is never dialled", Refused.NEVER);
        }
        int digits = digits(number.e164());
        for (int index = 0; index < prefixes.length; index++) {
            int rest = digits - prefixDigits[index];
            if (rest >= 0 && digits <= atMostDigits[index] && number.e164() / POWERS_OF_TEN[rest] == prefixes[index]) {
                return refused(
                        "begins with " + blocked.prefixes().get(index) + ", which is never dialled", Refused.NEVER);
            }
        }
        return null;
    }

    private static EnumSet<NumberKind> kinds(BlockedNumbers blocked) {
        EnumSet<NumberKind> kinds = EnumSet.noneOf(NumberKind.class);
        kinds.addAll(blocked.kinds());
        return kinds;
    }

    private static int digits(long number) {
        int digits = 1;
        while (number >= POWERS_OF_TEN[digits]) {
            digits++;
        }
        return digits;
    }
}
