package org.paceline.rules;

/** The ways in which a carrier wants a number written. */
public enum NumberNotation {
    /** With plus and country code: {@code +4930901820} (RFC 3966 §5.1.4). */
    E164,
    /** With country code, without plus: {@code 4930901820}. */
    E164_BARE,
    /** With {@code 00} before the country code: {@code 004930901820}. */
    E164_00,
    /**
     * As it is dialled within a country: {@code 030901820}; a number of another country with the international prefix of
     * that country, {@code 0033…} from Germany and {@code 01133…} from the United States.
     */
    NATIONAL
}
