package org.paceline.rules.policy;

import java.util.List;
import java.util.Set;
import org.paceline.rules.NumberKind;

/**
 * Numbers that are never dialled ({@code prefix.blocked}).
 *
 * @param prefixes how they begin
 * @param kinds kinds of line
 * @param citation the source of the rule
 */
public record BlockedNumbers(List<Prefix> prefixes, Set<NumberKind> kinds, String citation) {
    /**
     * The beginning of numbers that are not dialled.
     *
     * @param digits leading digits in E.164 form, without {@code +}: {@code 86168}
     * @param atMostDigits how many digits a number may have in all to be meant, so that a service's short code can be
     *     told from an area code; 15 for every number
     */
    public record Prefix(String digits, int atMostDigits) {
        static final int ANY_LENGTH = 15;

        @Override
        public String toString() {
            return "+" + digits + (atMostDigits < ANY_LENGTH ? " (to " + atMostDigits + " digits)" : "");
        }
    }

    public static final BlockedNumbers NONE = new BlockedNumbers(List.of(), Set.of(), "");

    public BlockedNumbers {
        prefixes = List.copyOf(prefixes);
        kinds = Set.copyOf(kinds);
    }

    public boolean isEmpty() {
        return prefixes.isEmpty() && kinds.isEmpty();
    }
}
