package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.HopImpl;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.address.Router;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** Sends each request where its sender decided, and never asks DNS. Thread: any. */
final class HopRouter implements Router {

    static void route(SIPRequest request, Hop to) {
        request.setApplicationData(to);
    }

    @Override
    public javax.sip.address.Hop getNextHop(Request request) throws SipException {
        if (request instanceof SIPRequest sip && sip.getApplicationData() instanceof Hop to) {
            return new HopImpl(
                    to.address().getHostAddress(),
                    to.at().getPort(),
                    to.transport().name());
        }
        throw new SipException("no hop was set for " + request.getMethod());
    }

    @Override
    @SuppressWarnings("deprecation")
    public @Nullable ListIterator<?> getNextHops(Request request) {
        return null;
    }

    @Override
    public javax.sip.address.@Nullable Hop getOutboundProxy() {
        return null;
    }
}
