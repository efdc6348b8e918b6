package org.paceline.sip.trace;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks telephone numbers and secrets in a SIP message, one character by one, so that its length and Content-Length stay
 * right. Numbers keep their first four and last two digits, as in logs.
 *
 * <p>What may hold a number or a secret is masked unless it is known to be harmless: of credentials and challenges only
 * the parameters that are named here are shown, of bodies only session descriptions and SIP fragments.
 *
 * <p>Thread: any.
 */
final class MessageMask {

    private static final char MASK = '*';
    private static final int SHOWN_HEAD = 4;
    private static final int SHOWN_TAIL = 2;
    private static final int LEAST_DIGITS = 7;
    private static final int LONGEST_COUNTRY_CODE = 3;

    private static final Set<String> CREDENTIALS = Set.of(
            "authorization",
            "proxy-authorization",
            "www-authenticate",
            "proxy-authenticate",
            "authentication-info",
            "proxy-authentication-info");
    /** Parameters of credentials and challenges that tell no secret (RFC 7616 §3.3, §3.4). */
    private static final Set<String> HARMLESS =
            Set.of("username", "realm", "uri", "algorithm", "qop", "nc", "stale", "domain", "charset", "userhash");
    /** Headers whose value may hold anything of a caller: a signed token (RFC 8224), data of its switch (RFC 7433). */
    private static final Set<String> OPAQUE = Set.of("identity", "y", "user-to-user");
    /** Headers whose digits are no numbers; a number in a URI or behind a plus is masked in them too. */
    private static final Set<String> TECHNICAL = Set.of(
            "via",
            "v",
            "call-id",
            "i",
            "cseq",
            "rseq",
            "rack",
            "route",
            "record-route",
            "replaces",
            "in-reply-to",
            "target-dialog",
            "timestamp",
            "session-id",
            "date",
            "content-type",
            "c",
            "content-length",
            "l");

    /** Digits with hyphens, as people write them (RFC 3966 §5.1.1); no escaped octet belongs to them. */
    private static final Pattern DIGITS = Pattern.compile("(?<!%)(?<!%[0-9])[0-9](?:[-()]{0,2}[0-9]){6,}");
    /** Digits behind a plus or in a URI; with dots and spaces too, where they cannot be an address. */
    private static final Pattern CERTAIN = Pattern.compile("(?<=\\+|\\+ |\\btel:)[0-9](?:[-(). ]{0,2}[0-9]){6,}"
            + "|(?<=\\bsip:|\\bsips:)[0-9](?:[-(). ]{0,2}[0-9]){6,}(?=@)"
            + "|(?<=\\bsip:|\\bsips:|%23|%2[bB])[0-9](?:[-()]{0,2}[0-9]){6,}");

    private static final Pattern TAG = Pattern.compile("(?i)(?:tag|branch|instance|nc)=\"?[^;,\\s>]*$");
    private static final Pattern PASSWORD_IN_URI = Pattern.compile("\\bsips?:[^@\\s:;<>]*:([^@\\s<>]+)@");
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s\"]*))");
    private static final Pattern SDP_SECRET =
            Pattern.compile("(?i)^(?:a=crypto:.*?inline:|a=key-mgmt:|a=ice-pwd:|k=)(.*)$");
    private static final Pattern SDP_NAME = Pattern.compile("^o=(\\S+)");
    private static final Pattern SDP_LINE = Pattern.compile("^[a-z]=.*");
    private static final Pattern PART_HEAD = Pattern.compile("(?i)^(?:--.*|content-[a-z-]+:.*)");
    private static final Pattern LINE = Pattern.compile("[^\r\n]+");

    private final String text;
    private final StringBuilder shown;

    private MessageMask(String text) {
        this.text = text;
        this.shown = new StringBuilder(text);
    }

    /**
     * Returns the message masked, as long as it was.
     *
     * @param e164 a number that is masked wherever its digits stand, however they are written; 0 for none
     */
    static String mask(String text, long e164) {
        MessageMask mask = new MessageMask(text);
        int head = SipText.headEnd(text);
        mask.head(head);
        mask.body(head);
        mask.known(Long.toString(e164));
        return mask.shown.toString();
    }

    private void head(int end) {
        String name = "";
        boolean isFirst = true;
        Matcher line = LINE.matcher(text).region(0, end);
        while (line.find()) {
            int from = line.start();
            int colon = text.indexOf(':', from);
            boolean isFolded = text.charAt(from) == ' ' || text.charAt(from) == '\t';
            if (isFirst) {
                isFirst = false;
                numbers(from, line.end(), false);
                continue;
            }
            if (!isFolded && colon > 0 && colon < line.end()) {
                name = text.substring(from, colon).strip().toLowerCase(Locale.ROOT);
                from = colon + 1;
            }
            value(name, from, line.end());
        }
    }

    private void value(String name, int from, int to) {
        if (CREDENTIALS.contains(name)) {
            credentials(from, to);
        } else if (OPAQUE.contains(name)) {
            hide(from, to);
        }
        numbers(from, to, TECHNICAL.contains(name));
    }

    /** Hides all behind the scheme but names, and the values that are harmless. */
    private void credentials(int from, int to) {
        int scheme = from;
        while (scheme < to && text.charAt(scheme) == ' ') {
            scheme++;
        }
        int behind = text.indexOf(' ', scheme);
        boolean hasScheme =
                behind > 0 && behind < to && text.substring(scheme, behind).matches("[A-Za-z-]+");
        int start = hasScheme ? behind : scheme;
        if (hasScheme && !text.regionMatches(true, scheme, "digest", 0, behind - scheme)) {
            hide(start, to);
            return;
        }
        StringBuilder kept = new StringBuilder(shown.substring(start, to));
        hide(start, to);
        Matcher parameter = PARAMETER.matcher(text).region(start, to);
        while (parameter.find()) {
            keep(kept, start, parameter.start(), parameter.end(1));
            int group = parameter.start(2) >= 0 ? 2 : 3;
            keep(kept, start, parameter.end(1), parameter.start(group));
            if (group == 2) {
                keep(kept, start, parameter.end(2), parameter.end());
            }
            if (HARMLESS.contains(parameter.group(1).toLowerCase(Locale.ROOT))) {
                keep(kept, start, parameter.start(group), parameter.end(group));
            }
            if (parameter.end() < to && text.charAt(parameter.end()) == ',') {
                keep(kept, start, parameter.end(), parameter.end() + 1);
            }
        }
    }

    private void keep(StringBuilder kept, int offset, int from, int to) {
        shown.replace(from, to, kept.substring(from - offset, to - offset));
    }

    private void numbers(int from, int to, boolean certainOnly) {
        Matcher password = PASSWORD_IN_URI.matcher(text).region(from, to);
        while (password.find()) {
            hide(password.start(1), password.end(1));
        }
        mask(CERTAIN, from, to);
        if (!certainOnly) {
            mask(DIGITS, from, to);
        }
    }

    private void mask(Pattern sort, int from, int to) {
        Matcher found = sort.matcher(text).region(from, to);
        while (found.find()) {
            if (!TAG.matcher(text.substring(from, found.start())).find()) {
                number(found.start(), found.end());
            }
        }
    }

    private void body(int from) {
        if (from >= text.length()) {
            return;
        }
        String type = SipText.of(text).value("Content-Type", "c").toLowerCase(Locale.ROOT);
        Matcher line = LINE.matcher(text).region(from, text.length());
        while (line.find()) {
            if (type.startsWith("application/sdp")) {
                description(line.start(), line.end());
            } else if (type.startsWith("message/sipfrag")) {
                numbers(line.start(), line.end(), false);
            } else if (type.startsWith("multipart/")
                    && SDP_LINE.matcher(line.group()).matches()) {
                description(line.start(), line.end());
            } else if (!type.startsWith("multipart/")
                    || !PART_HEAD.matcher(line.group()).matches()) {
                hide(line.start(), line.end());
            }
        }
    }

    private void description(int from, int to) {
        Matcher secret = SDP_SECRET.matcher(text).region(from, to);
        if (secret.find()) {
            hide(secret.start(1), to);
            return;
        }
        Matcher name = SDP_NAME.matcher(text).region(from, to);
        if (name.find()) {
            numbers(name.start(1), name.end(1), false);
        } else if ("siuep".indexOf(text.charAt(from)) >= 0) {
            numbers(from, to, false);
        } else {
            numbers(from, to, true);
        }
    }

    /** Masks each run of digits that holds the number without its country code, as it is written nationally. */
    private void known(String digits) {
        if (digits.length() < LEAST_DIGITS) {
            return;
        }
        String own = digits.substring(Math.min(LONGEST_COUNTRY_CODE, digits.length() - LEAST_DIGITS));
        for (int at = text.indexOf(own); at >= 0; at = text.indexOf(own, at + own.length())) {
            int from = at;
            while (from > 0 && isDigit(text.charAt(from - 1))) {
                from--;
            }
            int to = at + own.length();
            while (to < text.length() && isDigit(text.charAt(to))) {
                to++;
            }
            number(from, to);
        }
    }

    /** Masks the digits in the span but the first four and the last two. */
    private void number(int from, int to) {
        long digits =
                text.substring(from, to).chars().filter(c -> isDigit((char) c)).count();
        int nth = 0;
        for (int i = from; i < to; i++) {
            if (isDigit(text.charAt(i))) {
                if (nth >= SHOWN_HEAD && nth < digits - SHOWN_TAIL) {
                    shown.setCharAt(i, MASK);
                }
                nth++;
            }
        }
    }

    private void hide(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) > ' ') {
                shown.setCharAt(i, MASK);
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
