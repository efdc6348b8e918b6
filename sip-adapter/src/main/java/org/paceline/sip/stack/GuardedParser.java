package org.paceline.sip.stack;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.wire.RawHeaders;

/**
 * The stack's parser for whole datagrams, made to fail in one way only: nested input that overflows its stack, and
 * anything else that it throws, becomes a {@link MalformedMessage}; so does a message that ends before its headers or
 * its body do, or that lacks a header which later code needs.
 *
 * <p>Thread: any.
 */
final class GuardedParser {

    /** The version, in lower case, as it is compared. */
    private static final String VERSION = "sip/2.0";

    private static final int MAX_FORWARDS = 70;
    /** The headers that a message needs; without them it cannot be answered, or belongs to nothing. */
    private static final Set<Class<?>> NEEDED = Set.of(
            From.class,
            To.class,
            CSeq.class,
            Via.class,
            CallID.class,
            ContentLength.class,
            RequestLine.class,
            StatusLine.class);

    private final StringMsgParser parser = new StringMsgParser() {
        @Override
        protected void processHeader(
                String header, SIPMessage message, ParseExceptionListener listener, byte[] rawMessage)
                throws ParseException {
            if (header.indexOf('"') >= 0 && LenientAddresses.needs(header)) {
                for (SIPHeader each : LenientAddresses.read(header)) {
                    message.attachHeader(each, false);
                }
            } else {
                super.processHeader(header, message, listener, rawMessage);
            }
        }
    };

    SIPMessage parse(byte[] bytes) throws MalformedMessage {
        try {
            int start = RawHeaders.start(bytes, bytes.length);
            int body = bodyStart(bytes, start);
            checkFirstLine(bytes, start);
            byte[] head = Arrays.copyOfRange(bytes, start, body);
            SIPMessage message = parser.parseSIPMessage(head, false, false, GuardedParser::unparsed);
            if (message == null) {
                throw malformed("No Message");
            }
            check(message);
            takeBody(message, bytes, start, body);
            LenientAddresses.clean(message);
            return message;
        } catch (MalformedMessage e) {
            throw e;
        } catch (ParseException | InvalidArgumentException | RuntimeException | StackOverflowError e) {
            throw malformed("Bad Request");
        }
    }

    /** Returns the index behind the empty line that ends the headers. */
    private static int bodyStart(byte[] bytes, int start) throws MalformedMessage {
        int line = start;
        while (line < bytes.length) {
            int next = RawHeaders.nextLine(bytes, line, bytes.length);
            if (bytes[next - 1] == '\n' && isEmpty(bytes, line, next)) {
                return next;
            }
            line = next;
        }
        throw malformed("Message Ends Within Its Headers");
    }

    private static boolean isEmpty(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Checks the first line, because the stack takes any version for its own. */
    private static void checkFirstLine(byte[] bytes, int start) throws MalformedMessage {
        int end = RawHeaders.nextLine(bytes, start, bytes.length);
        while (end > start && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
            end--;
        }
        if (RawHeaders.isResponse(bytes, start, end)) {
            if (!RawHeaders.beginsWith(bytes, start, end, VERSION + " ")) {
                throw malformed("Other Version");
            }
            return;
        }
        int version = end;
        while (version > start && bytes[version - 1] != ' ') {
            version--;
        }
        boolean ours = end - version == VERSION.length() && RawHeaders.beginsWith(bytes, version, end, VERSION);
        if (!ours && RawHeaders.beginsWith(bytes, version, end, RawHeaders.ANY_VERSION)) {
            throw new MalformedMessage(Response.VERSION_NOT_SUPPORTED, "Version Not Supported");
        }
    }

    /**
     * Handles a field that the stack cannot parse: it is read leniently where the call depends on it, and ignored
     * otherwise.
     *
     * @param text the whole message; unused
     */
    private static void unparsed(
            ParseException e,
            SIPMessage message,
            @Nullable Class<?> kind,
            @Nullable String header,
            @Nullable String text)
            throws ParseException {
        List<SIPHeader> read = header == null ? List.of() : LenientAddresses.read(header);
        for (SIPHeader each : read) {
            message.attachHeader(each, false);
        }
        if (read.isEmpty() && kind != null && NEEDED.contains(kind)) {
            throw new MalformedMessage(Response.BAD_REQUEST, "Bad " + kind.getSimpleName());
        }
        if (read.isEmpty() && header != null) {
            message.addUnparsed(header);
        }
    }

    private static void check(SIPMessage message) throws MalformedMessage, InvalidArgumentException {
        require(message.getTopmostVia() != null, "Via");
        require(message.getFrom() != null, "From");
        require(message.getTo() != null, "To");
        require(message.getCallId() != null, "Call-ID");
        require(message.getCSeq() != null && message.getCSeq().getMethod() != null, "CSeq");
        if (message instanceof SIPRequest request) {
            if (request.getRequestLine() == null
                    || request.getRequestLine().getUri() == null
                    || request.getRequestLine().getSipVersion() == null) {
                throw malformed("Bad Request Line");
            }
            if (!request.getMethod().equals(request.getCSeq().getMethod())) {
                throw malformed("CSeq Names Another Method");
            }
        }
        if (message instanceof SIPRequest request && request.getMaxForwards() == null) {
            // A peer that knows only RFC 2543 sends none, and the stack would drop its BYE without a word.
            request.setHeader(new MaxForwards(MAX_FORWARDS));
        }
        if (message instanceof SIPResponse response
                && (response.getStatusLine() == null
                        || response.getStatusCode() < 100
                        || response.getStatusCode() > 699)) {
            throw malformed("Bad Status Line");
        }
    }

    private static void require(boolean there, String header) throws MalformedMessage {
        if (!there) {
            throw malformed("Missing " + header);
        }
    }

    /**
     * Takes the body. Without a Content-Length it goes on to the end; bytes behind it do not count (RFC 3261 §18.3).
     */
    private static void takeBody(SIPMessage message, byte[] bytes, int start, int body) throws MalformedMessage {
        int rest = bytes.length - body;
        // The stack's own value is 0 where there is none.
        boolean given = RawHeaders.value(bytes, start, body, "content-length", 'l') >= 0;
        int length = given ? message.getContentLength().getContentLength() : rest;
        if (length < 0) {
            throw malformed("Bad Content-Length");
        }
        if (length > rest) {
            throw malformed("Content-Length Beyond The Datagram");
        }
        if (length > 0) {
            message.setMessageContent(Arrays.copyOfRange(bytes, body, body + length));
        }
    }

    private static MalformedMessage malformed(String reason) {
        return new MalformedMessage(Response.BAD_REQUEST, reason);
    }
}
