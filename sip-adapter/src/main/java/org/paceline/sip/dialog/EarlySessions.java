package org.paceline.sip.dialog;

import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.sdp.SessionBody;

/**
 * Session descriptions that came with provisional responses, by branch: many trunks send theirs in the 183 and none in
 * the 200 of the same branch (RFC 3261 §13.2.1).
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class EarlySessions {
    /** How many branches of a forked call are remembered. */
    private static final int MOST = 16;

    private final Map<String, byte[]> byTag = new HashMap<>();
    /** Branches whose session came reliably and is the answer; it is not replaced. */
    private final Set<String> answered = new HashSet<>();

    void add(SIPResponse provisional) {
        byte[] session = of(provisional);
        String tag = Dialog.tagOf(provisional.getToTag());
        if (session != null && !answered.contains(tag) && (byTag.size() < MOST || byTag.containsKey(tag))) {
            byTag.put(tag, session);
        }
    }

    /**
     * Takes the session of a reliable response for the answer of its branch (RFC 3261 §13.2.1).
     *
     * @return the session, or null where there is none or the branch has its answer already
     */
    byte @Nullable [] answer(SIPResponse provisional) {
        byte[] session = of(provisional);
        String tag = Dialog.tagOf(provisional.getToTag());
        if (session == null || !answered.add(tag)) {
            return null;
        }
        byTag.put(tag, session);
        return session;
    }

    /**
     * Returns the session description of a 2xx, or else the one that its branch sent before; null where there is none.
     * One that was sent reliably before goes first.
     */
    byte @Nullable [] ofAnswer(SIPResponse answer) {
        String tag = Dialog.tagOf(answer.getToTag());
        byte[] session = answered.contains(tag) ? null : of(answer);
        return session == null ? byTag.get(tag) : session;
    }

    /** Returns the session description in a message's body, or null. */
    static byte @Nullable [] of(SIPMessage message) {
        ContentType type = message.getContentTypeHeader();
        return SessionBody.find(message.getRawContent(), type == null ? null : type.getHeaderValue());
    }
}
