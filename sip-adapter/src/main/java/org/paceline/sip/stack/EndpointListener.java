package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPTransaction;
import java.text.ParseException;
import java.util.function.Supplier;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the stack's events to their owners. Thread: SIP receive threads and the wheel. */
final class EndpointListener implements SipListener {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointListener.class);

    private final SipProvider provider;
    private final SipUser user;
    private final Supplier<String> tags;

    /** @param tags new ones for responses of its own */
    EndpointListener(SipProvider provider, SipUser user, Supplier<String> tags) {
        this.provider = provider;
        this.user = user;
        this.tags = tags;
    }

    @Override
    public void processRequest(RequestEvent event) {
        SIPRequest request = (SIPRequest) event.getRequest();
        if (Request.ACK.equals(request.getMethod())) {
            user.request(request, null);
            return;
        }
        ServerTransaction transaction = transaction(event, request);
        if (transaction != null) {
            user.request(request, transaction);
        }
    }

    private @Nullable ServerTransaction transaction(RequestEvent event, SIPRequest request) {
        ServerTransaction known = event.getServerTransaction();
        if (known != null) {
            return known;
        }
        try {
            return provider.getNewServerTransaction(request);
        } catch (SipException e) {
            if (e.getCause() instanceof ParseException) {
                refuse(request);
            }
            LOG.debug("method={} taken=no reason=\"{}\"", request.getMethod(), e.getMessage());
            return null;
        }
    }

    /**
     * Refuses a request that lacks what the stack needs: it wants a Contact in an INVITE and an Event in a PUBLISH, and
     * makes no transaction without.
     */
    private void refuse(SIPRequest request) {
        SIPResponse response = request.createResponse(Response.BAD_REQUEST, "Missing Header Field");
        if (response.getToTag() == null) {
            response.setToTag(tags.get());
        }
        try {
            provider.sendResponse(response);
        } catch (SipException | RuntimeException e) {
            LOG.debug("response=400 sent=no reason=\"{}\"", e.getMessage());
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        if (transaction != null && transaction.getApplicationData() instanceof TransactionOwner owner) {
            owner.response((SIPResponse) event.getResponse());
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        if (transaction != null && transaction.getApplicationData() instanceof TransactionOwner owner) {
            owner.timedOut(((SIPTransaction) transaction).getMethod());
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.debug("to={}:{} sent=no", event.getHost(), event.getPort());
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}
}
