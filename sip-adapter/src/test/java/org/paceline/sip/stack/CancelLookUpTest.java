package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.PeerUnavailableException;
import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.threads.ThreadWatch;

/** The INVITE of a CANCEL is found without a look at the others. */
class CancelLookUpTest {

    private static final int RINGING = 1_000;

    private final AtomicInteger compared = new AtomicInteger();
    private Filled stack;

    @BeforeEach
    void start() throws PeerUnavailableException {
        stack = new Filled();
        for (int i = 0; i < RINGING; i++) {
            stack.put("z9hg4bkcall" + i, transaction());
        }
    }

    @AfterEach
    void stop() {
        stack.wheel().stop();
    }

    @Test
    void shouldCompareACancelWithOneTransactionOnly() throws ParseException {
        assertThat(stack.findCancelTransaction(cancel("z9hG4bKCall700"), false)).isSameAs(stack.get("z9hg4bkcall700"));
        assertThat(compared).hasValue(1);
    }

    @Test
    void shouldCompareACancelOfNothingWithNone() throws ParseException {
        assertThat(stack.findCancelTransaction(cancel("z9hG4bKother"), false)).isNull();
        assertThat(stack.findCancelTransaction(cancel("z9hG4bKother"), true)).isNull();
        assertThat(compared).hasValue(0);
    }

    private SIPClientTransaction transaction() {
        return (SIPClientTransaction) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SIPClientTransaction.class}, (self, method, arguments) -> {
                    if (method.getName().equals("doesCancelMatchTransaction")) {
                        compared.incrementAndGet();
                        return true;
                    }
                    return null;
                });
    }

    private static SIPRequest cancel(String branch) throws ParseException {
        SIPRequest cancel = new SIPRequest();
        Via via = new Via();
        via.setBranch(branch);
        cancel.setHeader(via);
        return cancel;
    }

    /** A stack whose table can be filled. */
    private static final class Filled extends HashedSipStack {

        Filled() throws PeerUnavailableException {
            super(
                    StackProperties.create(1),
                    new Entrance(
                            1,
                            new PeerAddresses(),
                            new NoUser(),
                            new Seal(),
                            new SipCounters(),
                            MessageTap.NONE,
                            ThreadWatch.endingTheProcess()),
                    ListenTerms.udp("127.0.0.1", 0),
                    InetAddress.getLoopbackAddress());
        }

        void put(String branch, SIPClientTransaction transaction) {
            clientTransactionTable.put(branch, transaction);
        }

        @Nullable
        SIPClientTransaction get(String branch) {
            return clientTransactionTable.get(branch);
        }
    }

    private static final class NoUser implements SipUser {

        @Override
        public boolean isWithinCall(SIPRequest request) {
            return false;
        }

        @Override
        public void request(SIPRequest request, @Nullable ServerTransaction transaction) {}

        @Override
        public boolean answeredWithoutTransaction(SIPResponse response) {
            return false;
        }
    }
}
