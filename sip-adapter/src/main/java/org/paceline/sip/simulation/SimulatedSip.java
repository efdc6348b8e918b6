package org.paceline.sip.simulation;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.SipUser;

/**
 * The SIP side of a simulated peer: takes calls in, keeps them by Call-ID, and answers OPTIONS.
 *
 * <p>Thread: requests come on SIP threads and are handled on the simulation loop.
 */
final class SimulatedSip implements SipUser, AutoCloseable {

    private final SimulationLoop loop;
    private final Consumer<IncomingCall> invited;
    private final SipEndpoint endpoint;
    private final PeerSide side;

    /** Used by the loop only. */
    private final Map<String, IncomingCall> calls = new HashMap<>();

    /** @param invited takes each new call, on the loop */
    SimulatedSip(String host, int port, SimulationLoop loop, PeerCounters counters, Consumer<IncomingCall> invited)
            throws IOException {
        this.loop = loop;
        this.invited = invited;
        PeerAddresses peers = PeerAddresses.unlimited();
        peers.add(InetAddress.getByName(host));
        endpoint = new SipEndpoint(host, port, peers, this, new SipCounters(), ThreadWatch.endingTheProcess());
        side = new PeerSide(endpoint, loop, counters, new SecureRandom());
    }

    int port() {
        return endpoint.port();
    }

    String host() {
        return endpoint.host();
    }

    @Override
    public void request(SIPRequest request, @Nullable ServerTransaction transaction) {
        loop.execute(() -> {
            if (transaction == null) {
                acknowledged(request);
            } else {
                handle(request, transaction);
            }
        });
    }

    /** Lets no request in but from the dialer's own address. */
    @Override
    public boolean isWithinCall(SIPRequest request) {
        return false;
    }

    /** Takes no answers, because we place no calls. */
    @Override
    public boolean answeredWithoutTransaction(SIPResponse response) {
        return false;
    }

    /** The calls that are not over. Thread: loop. */
    List<IncomingCall> calls() {
        return List.copyOf(calls.values());
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private void handle(SIPRequest request, ServerTransaction transaction) {
        IncomingCall call = calls.get(request.getCallId().getCallId());
        switch (request.getMethod()) {
            case Request.INVITE -> invite(request, transaction, call);
            case Request.BYE -> {
                respond(request, transaction, call == null ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.OK);
                if (call != null) {
                    call.byeReceived();
                }
            }
            case Request.CANCEL -> {
                respond(request, transaction, call == null ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.OK);
                if (call != null) {
                    call.cancelled();
                }
            }
            case Request.OPTIONS -> respond(request, transaction, Response.OK);
            default -> respond(request, transaction, Response.METHOD_NOT_ALLOWED);
        }
    }

    private void invite(SIPRequest request, ServerTransaction transaction, @Nullable IncomingCall known) {
        if (known != null) {
            known.invitedAgain(request, transaction);
        } else if (request.getToTag() != null) {
            respond(request, transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        } else {
            respond(request, transaction, Response.TRYING);
            String user = request.getRequestURI() instanceof SipUri uri && uri.getUser() != null ? uri.getUser() : "";
            Invitation invitation =
                    new Invitation(request, transaction, user, side.counters().invited(user));
            IncomingCall call = new IncomingCall(side, invitation, () -> calls.remove(invitation.callId()));
            calls.put(invitation.callId(), call);
            invited.accept(call);
        }
    }

    private void acknowledged(SIPRequest request) {
        IncomingCall call = calls.get(request.getCallId().getCallId());
        if (call != null) {
            call.acknowledged(request);
        }
    }

    private void respond(SIPRequest request, ServerTransaction transaction, int status) {
        SIPResponse response = request.createResponse(status);
        if (status != Response.TRYING && response.getToTag() == null) {
            response.setToTag(Long.toHexString(side.randomNumber()));
        }
        endpoint.respond(transaction, response);
    }
}
