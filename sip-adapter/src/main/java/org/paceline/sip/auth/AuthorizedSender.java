package org.paceline.sip.auth;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.sip.SipException;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.TransactionOwner;
import org.paceline.sip.stack.Unreachable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests other than INVITE with the answers to known challenges, and again when they are challenged. Thread:
 * any.
 */
public record AuthorizedSender(SipEndpoint endpoint, Authenticator authenticator) {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizedSender.class);

    /**
     * Sends a request.
     *
     * @param requests makes it, with a new CSeq each time
     * @param owner is told what becomes of it; of challenges only those that cannot be answered
     * @param within runs what makes and sends the request again
     * @throws SipException when it could not be sent the first time; the owner is told nothing then
     */
    public void send(Supplier<SIPRequest> requests, Hop to, TransactionOwner owner, Executor within)
            throws SipException {
        new Sending(requests, to, owner, within).send();
    }

    private final class Sending implements TransactionOwner {
        private final Supplier<SIPRequest> requests;
        private final Hop to;
        private final TransactionOwner owner;
        private final Executor within;
        private final Authenticator.Exchange exchange = authenticator.begin();

        Sending(Supplier<SIPRequest> requests, Hop to, TransactionOwner owner, Executor within) {
            this.requests = requests;
            this.to = to;
            this.owner = owner;
            this.within = within;
        }

        void send() throws SipException {
            SIPRequest request = requests.get();
            exchange.authorize(request);
            endpoint.send(request, to, this);
        }

        @Override
        public void response(SIPResponse response) {
            if (Authenticator.isChallenge(response.getStatusCode())) {
                within.execute(() -> challenged(response));
            } else {
                owner.response(response);
            }
        }

        private void challenged(SIPResponse challenge) {
            String method = challenge.getCSeq().getMethod();
            switch (exchange.take(challenge)) {
                case Authenticator.Result.Again _ -> sendAgain(method);
                case Authenticator.Result.Refused(String reason) -> {
                    LOG.debug("method={} event=not-authenticated reason=\"{}\"", method, reason);
                    owner.response(challenge);
                }
            }
        }

        private void sendAgain(String method) {
            try {
                send();
            } catch (SipException | RuntimeException e) {
                LOG.warn("method={} sent=no reason=\"{}\"", method, e.getMessage());
                owner.timedOut(method);
            }
        }

        @Override
        public void timedOut(String method) {
            owner.timedOut(method);
        }

        @Override
        public void unreachable(Unreachable why) {
            if (why.isLarge()) {
                within.execute(() -> sendAgain(why.method()));
            } else {
                owner.unreachable(why);
            }
        }
    }
}
