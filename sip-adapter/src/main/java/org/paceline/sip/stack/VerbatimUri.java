package org.paceline.sip.stack;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP URI that the stack's parser does not take, such as one with a quoted parameter. Its host, port and {@code lr}
 * are known; it is sent back exactly as it came, because the peer that wrote it understands it.
 */
final class VerbatimUri extends SipUri {

    private static final long serialVersionUID = 1L;
    private static final Pattern PARTS = Pattern.compile(
            "(sips?):(?:([^@]*)@)?(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?((?:[;?].*)?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOSE = Pattern.compile(";lr(?=[;=?]|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MADDR = Pattern.compile(";maddr=([^;?]+)", Pattern.CASE_INSENSITIVE);

    private final String text;

    private VerbatimUri(String text) {
        this.text = text;
    }

    /**
     * Parses a URI as the stack does where the stack can read it.
     *
     * @throws ParseException when not even its host can be found
     */
    static SipUri parse(String text) throws ParseException {
        if (text.indexOf('"') >= 0) {
            // The stack may read it, and lose the quoted text.
            return lenient(text);
        }
        try {
            SipUri uri = new StringMsgParser().parseSIPUrl(text);
            if (uri.getHost() != null && uri.encode().length() >= text.length()) {
                return uri;
            }
        } catch (ParseException | RuntimeException _) {
            // It is read more leniently below.
        }
        return lenient(text);
    }

    private static SipUri lenient(String text) throws ParseException {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches() || text.chars().anyMatch(character -> character <= ' ' || character == 0x7f)) {
            throw new ParseException("no SIP URI", 0);
        }
        VerbatimUri uri = new VerbatimUri(text);
        uri.setScheme(parts.group(1));
        if (parts.group(2) != null && !parts.group(2).isEmpty()) {
            uri.setUser(parts.group(2));
        }
        uri.setHost(parts.group(3));
        if (parts.group(4) != null) {
            int port = Integer.parseInt(parts.group(4));
            if (port == 0 || port > 65_535) {
                throw new ParseException("no SIP URI: bad port", 0);
            }
            uri.setPort(port);
        }
        if (LOOSE.matcher(parts.group(5)).find()) {
            uri.setLrParam();
        }
        Matcher maddr = MADDR.matcher(parts.group(5));
        if (maddr.find()) {
            uri.setMAddrParam(maddr.group(1));
        }
        return uri;
    }

    @Override
    public String encode() {
        return text;
    }

    @Override
    public StringBuilder encode(StringBuilder buffer) {
        return buffer.append(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
