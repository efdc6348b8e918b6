package org.paceline.sip.identity;

import org.jspecify.annotations.Nullable;

/**
 * Where a trunk wants the caller ID, and what else is said of the caller. None of it changes the caller ID itself.
 *
 * @param fromUser the user of From, such as the account's; null for the caller ID
 * @param host host part of From and the other headers; null for the node's own
 * @param displayName name beside the caller ID; empty for none
 * @param header the header that has the caller ID, beside From
 * @param privacy what is to be withheld from the called party
 * @param diversion E.164 digits of the number that the call is said to be diverted from (RFC 5806), without plus; null
 *     for none
 */
public record IdentityTerms(
        @Nullable String fromUser,
        @Nullable String host,
        String displayName,
        CallerIdHeader header,
        Privacy privacy,
        @Nullable Long diversion) {

    /** The caller ID in From and P-Asserted-Identity, with nothing beside it. */
    public static final IdentityTerms USUAL =
            new IdentityTerms(null, null, "", CallerIdHeader.P_ASSERTED_IDENTITY, Privacy.NONE, null);

    /** The form of a user: unreserved characters (RFC 3261 §25.1). */
    public static final String USER = "[A-Za-z0-9_.!~*'()&=+$,/-]{1,64}";

    private static final int LONGEST_NAME = 64;

    /** The headers that say who calls, for networks that trust us. */
    public enum CallerIdHeader {
        /** RFC 3325 §9.1. */
        P_ASSERTED_IDENTITY,
        /** RFC 3325 §9.2: asks the carrier to assert it. */
        P_PREFERRED_IDENTITY,
        /** draft-ietf-sip-privacy-04, which older switches still want. */
        REMOTE_PARTY_ID,
        /** From alone. */
        NONE
    }

    /** What the called party is not to be shown. */
    public enum Privacy {
        /** Nothing is withheld, and no header says so. */
        NONE,
        /** {@code Privacy: id} (RFC 3325 §9.3), with an anonymous From. */
        ID,
        /** {@code Privacy: header;user;id} (RFC 3323 §4.2), with an anonymous From. */
        FULL
    }

    public IdentityTerms {
        if (!isName(displayName)) {
            throw new IllegalArgumentException("displayName: must be at most " + LONGEST_NAME
                    + " characters in one line, without control characters");
        }
        if (fromUser != null && !fromUser.matches(USER)) {
            throw new IllegalArgumentException("fromUser: must be a user of a SIP URI");
        }
        if (host != null && !host.matches("[A-Za-z0-9._:-]+")) {
            throw new IllegalArgumentException("host=" + host + ": must be a host name or address");
        }
        if (header == CallerIdHeader.NONE && (fromUser != null || privacy != Privacy.NONE)) {
            throw new IllegalArgumentException("header=NONE: the caller ID would stand nowhere");
        }
    }

    /** Whether the text can be a display name, which is quoted before it is sent. */
    public static boolean isName(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_NAME
                && text.codePoints().noneMatch(IdentityTerms::isUnfit);
    }

    /** A line's end of any kind, another control or formatting character, or half of a surrogate pair. */
    private static boolean isUnfit(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
