package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.SipCounters.Counter;

/**
 * The stack's parser, made to fail in one way only: nested input that overflows its stack, and whatever else it throws,
 * becomes a {@link ParseException}; so does a message without what everything later takes for granted.
 */
final class GuardedParser implements MessageParser {

    private final StringMsgParser parser = new StringMsgParser();
    private final SipCounters counters;

    GuardedParser(SipCounters counters) {
        this.counters = counters;
    }

    @Override
    public @Nullable SIPMessage parseSIPMessage(
            byte[] bytes, boolean readBody, boolean strict, ParseExceptionListener listener) throws ParseException {
        try {
            SIPMessage message = parser.parseSIPMessage(bytes, readBody, strict, listener);
            if (message != null) {
                check(message);
            }
            return message;
        } catch (ParseException e) {
            counters.add(Counter.MALFORMED_MESSAGES);
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            counters.add(Counter.MALFORMED_MESSAGES);
            throw new ParseException("unparseable: " + e.getClass().getSimpleName(), 0);
        }
    }

    private static void check(SIPMessage message) throws ParseException {
        boolean complete = message.getFrom() != null
                && message.getTo() != null
                && message.getCallId() != null
                && message.getCSeq() != null
                && message.getCSeq().getMethod() != null
                && message.getTopmostVia() != null;
        if (!complete) {
            throw new ParseException("one of From, To, Call-ID, CSeq, Via is missing", 0);
        }
        if (message instanceof SIPRequest request
                && (request.getRequestLine() == null
                        || request.getRequestLine().getUri() == null
                        || request.getRequestLine().getSipVersion() == null)) {
            throw new ParseException("bad request line", 0);
        }
        if (message instanceof SIPResponse response
                && (response.getStatusLine() == null
                        || response.getStatusCode() < 100
                        || response.getStatusCode() > 699)) {
            throw new ParseException("bad status line", 0);
        }
    }
}
