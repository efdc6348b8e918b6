package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.netty.util.Timeout;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.sdp.LocalAudio;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.sdp.SessionDescription;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.SipEndpoint;

/**
 * The session descriptions of one call, ours and the other side's (RFC 3264): our offer, the answer and the sessions
 * that came before it, and new offers.
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class OfferAnswer {

    /** How long the name of a media address may take to resolve, while the customer hears nothing. */
    private static final long RESOLVE_LIMIT_MILLIS = 1_000;

    private final SipEndpoint endpoint;
    private final Mailbox mailbox;
    private final LocalAudio local;
    private final EarlySessions early = new EarlySessions();
    private final MediaNames names = new MediaNames();

    /** What each dialog has agreed on, by the other side's tag. */
    private final Map<String, RemoteAudio> agreed = new HashMap<>();

    private @Nullable Timeout resolveLimit;
    private boolean triedToResolve;

    OfferAnswer(SipEndpoint endpoint, LocalAudio local, Mailbox mailbox) {
        this.endpoint = endpoint;
        this.local = local;
        this.mailbox = mailbox;
    }

    /** Returns our offer, for an INVITE or for the answer to a re-INVITE without an offer. */
    byte[] offer() {
        return local.offer();
    }

    /** Takes a provisional response, which may hold the session that the answer then leaves out. */
    void early(SIPResponse provisional) {
        early.add(provisional);
    }

    /**
     * Whether the answer has to wait because its session names a host. The name is resolved once, as DNS is not asked
     * on the network's threads, and the ACK waits until then.
     *
     * @param goOn runs within the mailbox when the name is resolved or the time for it is up
     */
    boolean waitsForName(SIPResponse answer, Runnable goOn) {
        String name = names.unknownOf(early.ofAnswer(answer));
        if (name == null || triedToResolve) {
            return false;
        }
        if (resolveLimit == null) { // otherwise this is a repetition of the answer
            resolve(name, goOn);
        }
        return true;
    }

    private void resolve(String name, Runnable goOn) {
        Runnable once = () -> mailbox.run(() -> {
            if (!triedToResolve) {
                triedToResolve = true;
                goOn.run();
            }
        });
        resolveLimit = endpoint.after(RESOLVE_LIMIT_MILLIS, once);
        NameResolver.resolve(name, addresses -> {
            if (!addresses.isEmpty()) {
                mailbox.run(() -> names.resolved(name, addresses.getFirst()));
            }
            once.run();
        });
    }

    /**
     * Takes the session of a reliable provisional response, if it has one, as the answer of its branch. Where the
     * session names a host, it is read once the call is answered.
     */
    void answeredReliably(SIPResponse provisional) throws SdpException {
        byte[] session = early.answer(provisional);
        if (session != null && names.unknownOf(session) == null) {
            agree(provisional.getToTag(), SessionDescription.parse(session));
        }
    }

    /** Whether the offer of our INVITE has its answer in that dialog, so that the other side may make one. */
    boolean isAgreed(String remoteTag) {
        return agreed.containsKey(remoteTag);
    }

    /** Takes the session of a 2xx to our INVITE, or else the one that its branch sent or agreed on before. */
    RemoteAudio answered(SIPResponse answer) throws SdpException {
        RemoteAudio before = agreed.get(Dialog.tagOf(answer.getToTag()));
        return before != null
                ? before
                : agree(answer.getToTag(), SessionDescription.parse(names.withAddresses(early.ofAnswer(answer))));
    }

    /** Takes the answer to a re-INVITE of ours. */
    RemoteAudio answeredAgain(SIPResponse answer) throws SdpException {
        return agree(answer.getToTag(), SessionDescription.parse(sessionOf(answer)));
    }

    /** Takes the answer to an offer of ours that a 200 carried. */
    RemoteAudio answered(SIPRequest ack) throws SdpException {
        return agree(ack.getFromTag(), SessionDescription.parse(sessionOf(ack)));
    }

    /** Takes a new offer; {@link #answer} is our reply to it. */
    SessionDescription offered(SIPRequest request) throws SdpException {
        String tag = request.getFromTag();
        RemoteAudio before = Objects.requireNonNull(agreed.get(Dialog.tagOf(tag)), "agreed");
        SessionDescription offer = SessionDescription.parseOffer(sessionOf(request), before);
        agree(tag, offer);
        return offer;
    }

    byte[] answer(SessionDescription offer) {
        return local.answer(offer);
    }

    /** Stops waiting for a name. */
    void stop() {
        triedToResolve = true;
        if (resolveLimit != null) {
            resolveLimit.cancel();
        }
    }

    private RemoteAudio agree(@Nullable String remoteTag, SessionDescription described) throws SdpException {
        local.checkReaches(described.audio());
        agreed.put(Dialog.tagOf(remoteTag), described.audio());
        return described.audio();
    }

    private byte @Nullable [] sessionOf(SIPMessage message) {
        return names.withAddresses(EarlySessions.of(message));
    }
}
