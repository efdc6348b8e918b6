package org.paceline.sip.trace;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.stack.CallSubject;

/**
 * Which messages are wanted: those that fit all that is given.
 *
 * <p>Thread: any (immutable).
 *
 * @param number digits of a number that is called, or that stands in a URI of the message, however it is written there: in E.164, nationally
 * or behind a prefix; null for any
 * @param call an attempt's id, or a Call-ID of SIP, with or without the host behind its {@code @}; null for any
 * @param trunk its name; null for any
 * @param agent whose phone it is; null for any
 */
public record TraceFilter(
        @Nullable String number,
        @Nullable String call,
        @Nullable String trunk,
        @Nullable String agent) {

    public static final TraceFilter ALL = new TraceFilter(null, null, null, null);

    /** Fewer digits would be found everywhere. */
    public static final int LEAST_DIGITS = 7;

    private static final Pattern USER = Pattern.compile(
            "(?:\\bsips?:|\\btel:)(?:%2[bB]|%23|[+#*])?([0-9][0-9().-]*)(?=[@;>,\\s]|$)", Pattern.MULTILINE);

    public TraceFilter {
        if (number != null && !number.matches("[0-9]{" + LEAST_DIGITS + ",20}")) {
            throw new IllegalArgumentException("number: must have " + LEAST_DIGITS + " to 20 digits");
        }
    }

    /** The filter, with what is known of calls. */
    final class Search {
        private final Set<CallId> numbersCalls = new HashSet<>();

        private Search(Collection<CallSubject> known) {
            for (CallSubject each : known) {
                if (each.call() != null && each.e164() != 0 && number != null && isSame(Long.toString(each.e164()))) {
                    numbersCalls.add(each.call());
                }
            }
        }

        boolean matches(TracedMessage message) {
            return fitsTrunk(message.subject())
                    && fitsAgent(message.subject())
                    && fitsCall(message)
                    && fitsNumber(message);
        }

        private boolean fitsNumber(TracedMessage message) {
            if (number == null) {
                return true;
            }
            CallSubject subject = message.subject();
            if (subject != null && subject.call() != null) {
                return numbersCalls.contains(subject.call());
            }
            String head = message.text().substring(0, SipText.headEnd(message.text()));
            Matcher user = USER.matcher(head);
            while (user.find()) {
                if (isSame(user.group(1).replaceAll("[^0-9]", ""))) {
                    return true;
                }
            }
            return false;
        }
    }

    Search search(Collection<CallSubject> known) {
        return new Search(known);
    }

    private boolean fitsTrunk(@Nullable CallSubject subject) {
        return trunk == null
                || (subject != null
                        && subject.trunk() != null
                        && subject.trunk().value().equals(trunk));
    }

    private boolean fitsAgent(@Nullable CallSubject subject) {
        return agent == null
                || (subject != null
                        && subject.agent() != null
                        && subject.agent().value().equals(agent));
    }

    private boolean fitsCall(TracedMessage message) {
        if (call == null) {
            return true;
        }
        CallSubject subject = message.subject();
        return message.callId().equals(call)
                || message.callId().startsWith(call + "@")
                || (subject != null
                        && subject.call() != null
                        && subject.call().toString().equals(call));
    }

    /** Whether one number ends with the other, but for the zeros of a trunk or international prefix. */
    private boolean isSame(String other) {
        String wanted = withoutZeros(String.valueOf(number));
        String found = withoutZeros(other);
        return found.length() >= LEAST_DIGITS
                && wanted.length() >= LEAST_DIGITS
                && (found.endsWith(wanted) || wanted.endsWith(found));
    }

    private static String withoutZeros(String digits) {
        return digits.replaceFirst("^0+", "");
    }
}
