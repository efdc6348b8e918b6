package org.paceline.sip.dialog;

import gov.nist.javax.sip.header.Allow;
import gov.nist.javax.sip.header.Require;
import gov.nist.javax.sip.header.Server;
import gov.nist.javax.sip.header.Unsupported;
import gov.nist.javax.sip.header.Warning;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.header.RequireHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.stack.SipEndpoint;

/** Builds our responses to requests of the other side. Thread: any. */
final class SipResponses {

    /** The methods of RFC 3261, 3262, 3311, 3428, 3515, 3903, 6086, 6665. */
    private static final Set<String> METHODS = Set.of(
            Request.INVITE,
            Request.ACK,
            Request.CANCEL,
            Request.BYE,
            Request.OPTIONS,
            Request.REGISTER,
            Request.PRACK,
            Request.UPDATE,
            Request.MESSAGE,
            Request.REFER,
            Request.PUBLISH,
            Request.INFO,
            Request.SUBSCRIBE,
            Request.NOTIFY);

    private final SipMessages messages;

    /** @param messages builds the parts that all our messages have in common */
    SipResponses(SipMessages messages) {
        this.messages = messages;
    }

    /** Makes a response, with a To-tag of ours where there is none yet. */
    SIPResponse response(SIPRequest request, int status) {
        SIPResponse response = request.createResponse(status);
        if (response.getToTag() == null) {
            response.setToTag(messages.token());
        }
        Server server = new Server();
        try {
            server.setProduct(List.of(messages.userAgent()));
        } catch (ParseException e) {
            throw new IllegalStateException("userAgent=" + messages.userAgent() + ": " + e.getMessage(), e);
        }
        response.setHeader(server);
        return response;
    }

    /** Makes a response that lists what we understand: to OPTIONS, or to a method that we do not know. */
    SIPResponse capabilities(SIPRequest request, int status) {
        SIPResponse response = response(request, status);
        for (String method : SipMessages.ALLOWED) {
            response.addHeader(new Allow(method));
        }
        response.addHeader(SipMessages.acceptSdp());
        return response;
    }

    /** Refuses an offer that we do not support, and says why (RFC 3261 §21.4.26). */
    SIPResponse notAcceptable(SIPRequest request, SdpException why) {
        SIPResponse response = response(request, 488);
        Warning warning = new Warning();
        try {
            warning.setAgent(messages.hostAndPort());
            warning.setCode(why.warning());
            warning.setText(String.valueOf(why.getMessage()).replace('"', '\''));
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalArgumentException("Warning " + why.warning() + ": " + e.getMessage(), e);
        }
        response.addHeader(warning);
        return response;
    }

    /** Makes the answer to a method that we do not take (RFC 3261 §21.4.6), or that nobody knows (§21.5.2). */
    SIPResponse unsupportedMethod(SIPRequest request) {
        boolean known = METHODS.contains(request.getMethod());
        return capabilities(request, known ? Response.METHOD_NOT_ALLOWED : Response.NOT_IMPLEMENTED);
    }

    /**
     * Returns the option tags that a request requires of us, that we do not support (RFC 3261 §8.2.2.3). Empty for a
     * BYE, whose sender is gone whatever we answer, and for ACK and CANCEL.
     */
    static List<String> unknownExtensions(SIPRequest request) {
        List<String> unknown = new ArrayList<>();
        boolean mayRequire = switch (request.getMethod()) {
            case Request.ACK, Request.CANCEL, Request.BYE -> false;
            default -> true;
        };
        ListIterator<?> required = request.getHeaders(Require.NAME);
        while (mayRequire && required.hasNext()) {
            if (required.next() instanceof RequireHeader header
                    && !supported(request.getMethod())
                            .contains(header.getOptionTag().toLowerCase(Locale.ROOT))) {
                unknown.add(header.getOptionTag());
            }
        }
        return unknown;
    }

    private static Set<String> supported(String method) {
        return Request.REGISTER.equals(method) ? ExtensionHeaders.OF_REGISTER : ExtensionHeaders.SUPPORTED;
    }

    /** @param unknown option tags of {@link #unknownExtensions} */
    SIPResponse badExtension(SIPRequest request, List<String> unknown) {
        SIPResponse response = response(request, Response.BAD_EXTENSION);
        for (String tag : unknown) {
            try {
                Unsupported header = new Unsupported();
                header.setOptionTag(tag);
                response.addHeader(header);
            } catch (ParseException e) {
                throw new IllegalArgumentException("option tag: " + e.getMessage(), e);
            }
        }
        return response;
    }

    /** Refuses a body that is no session description, and says what is taken (RFC 3261 §21.4.13). */
    SIPResponse unsupportedBody(SIPRequest request) {
        SIPResponse response = response(request, Response.UNSUPPORTED_MEDIA_TYPE);
        response.addHeader(SipMessages.acceptSdp());
        return response;
    }

    /** Refuses a session interval (RFC 4028 §6). */
    SIPResponse intervalTooSmall(SIPRequest request) {
        SIPResponse response = response(request, ExtensionHeaders.TOO_SMALL);
        response.setReasonPhrase("Session Interval Too Small");
        response.setHeader(ExtensionHeaders.minimum(SipExtensions.LEAST_SESSION_SECONDS));
        return response;
    }

    SIPResponse registered(SIPRequest request, RegisterAnswer answer) {
        SIPResponse response = response(request, answer.status());
        if (!answer.reason().isEmpty()) {
            response.setReasonPhrase(answer.reason());
        }
        answer.headers().forEach(response::addHeader);
        return response;
    }

    SIPResponse withSession(SIPRequest request, SIPResponse response, byte[] session) {
        response.addHeader(messages.contact(SipEndpoint.transportOf(request)));
        SipMessages.body(response, session);
        return response;
    }
}
