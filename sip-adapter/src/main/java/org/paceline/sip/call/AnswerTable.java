package org.paceline.sip.call;

import static org.paceline.dialer.call.Fault.CALLEE;
import static org.paceline.dialer.call.Fault.TRUNK;
import static org.paceline.dialer.call.Fault.US;
import static org.paceline.dialer.call.Outcome.BUSY;
import static org.paceline.dialer.call.Outcome.CONGESTION;
import static org.paceline.dialer.call.Outcome.INVALID_NUMBER;
import static org.paceline.dialer.call.Outcome.NO_ANSWER;
import static org.paceline.dialer.call.Outcome.REJECTED;
import static org.paceline.dialer.call.Outcome.TRUNK_FAILED;
import static org.paceline.dialer.call.Outcome.UNWANTED;

import java.util.List;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Outcome;
import org.paceline.sip.dialog.AnswerSigns;

/**
 * Decides, in this one place, what the answer to an INVITE says about an attempt and whose fault the end was. The first
 * row that fits decides. {@code docs/sip-answers.md} shows the same rows.
 *
 * <p>A Q.850 cause says more than the SIP status that a gateway made of it, so it comes first, unless it says nothing
 * (16, 31, 127) or switches put it on refusals of their own. Where an answer may come from the trunk as well as from
 * the called party, it is taken for the trunk's: a lead that is tried once more costs less than one that is lost.
 */
final class AnswerTable {

    /** A condition that must hold besides the codes. */
    enum When {
        ALWAYS(""),
        RANG("the phone rang"),
        BY_ANALYTICS("reason phrase “Network Blocked”, or a Reason that names analytics");

        private final String text;

        When(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        private boolean holds(boolean rang, AnswerSigns signs) {
            return switch (this) {
                case ALWAYS -> true;
                case RANG -> rang;
                case BY_ANALYTICS -> signs.byAnalytics();
            };
        }
    }

    /**
     * One row.
     *
     * @param causes Q.850 causes of a Reason header (RFC 3326)
     * @param warnings codes of a Warning header
     * @param source the standard that says it
     */
    record Row(
            Numbers statuses,
            Numbers causes,
            Numbers warnings,
            When when,
            Outcome outcome,
            Fault fault,
            String meaning,
            String source) {

        /** Whether the row says that a network blocked the call because of its caller ID. */
        boolean speaksOfCallerId() {
            return statuses.text().equals("608") || when == When.BY_ANALYTICS;
        }

        private boolean fits(int status, int q850, boolean rang, AnswerSigns signs) {
            return statuses.contains(status)
                    && causes.contains(q850)
                    && warnings.contains(signs.warning())
                    && when.holds(rang, signs);
        }
    }

    static final List<Row> ROWS = List.of(
            // Answers of networks that judge the caller ID.
            status("608", TRUNK_FAILED, TRUNK, "a network judged the caller ID and blocked the call", "RFC 8688"),
            new Row(
                    Numbers.of("603"),
                    Numbers.ANY,
                    Numbers.ANY,
                    When.BY_ANALYTICS,
                    TRUNK_FAILED,
                    TRUNK,
                    "the same, as networks say it that do not know 608",
                    "ATIS-1000099, 47 CFR 64.1200(k)(9)"),
            status("607", UNWANTED, CALLEE, "the called party does not want such calls", "RFC 8197"),

            // Causes that say more than their status.
            cause(
                    "1, 4, 22, 28",
                    INVALID_NUMBER,
                    CALLEE,
                    "no such number, changed, incomplete",
                    "Q.850; RFC 3398 §7.2.4.1"),
            cause("17", BUSY, CALLEE, "user busy", "Q.850"),
            both("408", "102", When.RANG, NO_ANSWER, CALLEE, "the far switch stopped waiting", "RFC 3398 §8.2.6.1"),
            cause(
                    "18–20, 26, 27",
                    NO_ANSWER,
                    CALLEE,
                    "no user responding, no answer, absent, line out of order",
                    "Q.850; RFC 3398 §7.2.4.1"),
            cause("24", REJECTED, CALLEE, "rejected by a feature at the destination", "Q.850"),
            both(
                    "480, 486, 487, 600, 603",
                    "21, 54, 55, 87",
                    When.ALWAYS,
                    REJECTED,
                    CALLEE,
                    "rejected or barred by the called party",
                    "Q.850"),
            cause(
                    "21, 54, 55, 87",
                    TRUNK_FAILED,
                    TRUNK,
                    "the same cause beside 403 and others: switches put it on refusals of their own",
                    "practice: FreeSWITCH and Asterisk map 403 and 21 to each other"),
            cause(
                    "8, 9, 34, 41, 42, 44, 46, 47, 58",
                    CONGESTION,
                    TRUNK,
                    "no circuit, temporary failure, congestion, no resource",
                    "Q.850; RFC 3398 §7.2.4.1"),
            cause(
                    "2, 3, 5–7, 25, 29, 38–40, 43, 49, 50, 52, 53, 57, 62–70, 79–86, 88–91, 95–111",
                    TRUNK_FAILED,
                    TRUNK,
                    "no route, network out of order, facility not subscribed or not there, protocol error",
                    "Q.850; RFC 3398 §7.2.4.1"),

            // Warnings that speak of our session description.
            warning("370", CONGESTION, TRUNK, "not enough bandwidth", "RFC 3261 §20.43"),
            warning("300–369", TRUNK_FAILED, US, "our session description is not taken", "RFC 3261 §20.43"),

            // The status itself.
            status(
                    "300–399",
                    TRUNK_FAILED,
                    TRUNK,
                    "a redirection to a host that is not allowed, or the third in a row",
                    "RFC 3261 §21.3"),
            status("401, 402, 403, 407", TRUNK_FAILED, TRUNK, "credentials, money, permission", "RFC 3261 §21.4"),
            status("404, 410, 484, 485, 604", INVALID_NUMBER, CALLEE, "no such number", "RFC 3261 §21.4, §21.6"),
            both("408, 487", "", When.RANG, NO_ANSWER, CALLEE, "nobody answered", "RFC 3261 §21.4"),
            status("408, 487", TRUNK_FAILED, TRUNK, "the trunk gave up before any phone rang", "RFC 3261 §21.4"),
            status(
                    "428–439, 470",
                    TRUNK_FAILED,
                    TRUNK,
                    "identity, its signature, consent",
                    "RFC 8224 §6.2.2, RFC 5079, RFC 5360"),
            status("480", NO_ANSWER, CALLEE, "not available now", "RFC 3261 §21.4.18"),
            status("481–483, 491", TRUNK_FAILED, TRUNK, "a loop or a lost transaction on the way", "RFC 3261 §21.4"),
            status("486", BUSY, CALLEE, "busy", "RFC 3261 §21.4.21"),
            status("488, 606", TRUNK_FAILED, US, "our session description is not taken", "RFC 3261 §21.4.26, §21.6.4"),
            status(
                    "400–499",
                    TRUNK_FAILED,
                    US,
                    "our request is not understood or lacks something (400, 405, 406, 413–423, 493, 494; unknown ones count as 400)",
                    "RFC 3261 §21.4, §8.1.3.2; RFC 4028"),
            status("501, 505, 513", TRUNK_FAILED, US, "our request cannot be handled", "RFC 3261 §21.5"),
            status("500–599", CONGESTION, TRUNK, "a server could not", "RFC 3261 §21.5"),
            status("603", REJECTED, CALLEE, "declined", "RFC 3261 §21.6.2"),
            status(
                    "600–699",
                    BUSY,
                    CALLEE,
                    "busy everywhere; unknown ones count as 600",
                    "RFC 3261 §21.6.1, §8.1.3.2"));

    private AnswerTable() {}

    /**
     * Returns the row that decides.
     *
     * @param status 300 to 699
     * @param q850 0 for none
     * @param rang whether a phone rang before
     */
    static Row of(int status, int q850, boolean rang, AnswerSigns signs) {
        for (Row row : ROWS) {
            if (row.fits(status, q850, rang, signs)) {
                return row;
            }
        }
        throw new IllegalArgumentException("status=" + status + ": must be from 300 to 699");
    }

    private static Row status(String statuses, Outcome outcome, Fault fault, String meaning, String source) {
        return both(statuses, "", When.ALWAYS, outcome, fault, meaning, source);
    }

    private static Row cause(String causes, Outcome outcome, Fault fault, String meaning, String source) {
        return both("", causes, When.ALWAYS, outcome, fault, meaning, source);
    }

    private static Row warning(String warnings, Outcome outcome, Fault fault, String meaning, String source) {
        return new Row(Numbers.ANY, Numbers.ANY, Numbers.of(warnings), When.ALWAYS, outcome, fault, meaning, source);
    }

    private static Row both(
            String statuses, String causes, When when, Outcome outcome, Fault fault, String meaning, String source) {
        return new Row(numbers(statuses), numbers(causes), Numbers.ANY, when, outcome, fault, meaning, source);
    }

    private static Numbers numbers(String text) {
        return text.isEmpty() ? Numbers.ANY : Numbers.of(text);
    }
}
