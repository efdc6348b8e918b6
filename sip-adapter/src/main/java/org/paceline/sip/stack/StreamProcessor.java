package org.paceline.sip.stack;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.paceline.sip.wire.Remote;

/** TCP or TLS, as the stack wants a transport: it makes the channels of {@link Streams}. Thread: any. */
final class StreamProcessor extends MessageProcessor {

    private static final int MOST_BYTES = 65_535;

    private final Transport of;
    private final Streams streams;
    private final boolean listens;

    StreamProcessor(
            InetAddress address, int port, Transport of, SIPTransactionStack stack, Streams streams, boolean listens) {
        super(address, port, of.word(), stack);
        this.of = of;
        this.streams = streams;
        this.listens = listens;
    }

    /** Makes the channel of one transaction of ours. */
    MessageChannel channelTo(Hop hop) {
        return new StreamChannel(this, streams::send, Streams.remote(hop));
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws UnknownHostException {
        return createMessageChannel(target.getInetAddress(), target.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) {
        Remote remote = new Remote(new InetSocketAddress(address, port), of == Transport.TLS, null);
        return new StreamChannel(this, streams::send, remote);
    }

    @Override
    public void start() throws IOException {
        streams.serve(of, this);
        if (listens) {
            streams.listen(of, getPort());
        }
    }

    /** Does nothing: all connections are closed together. */
    @Override
    public void stop() {}

    @Override
    public SIPTransactionStack getSIPStack() {
        return sipStack;
    }

    @Override
    public int getDefaultTargetPort() {
        return of.defaultPort();
    }

    @Override
    public boolean isSecure() {
        return of == Transport.TLS;
    }

    @Override
    public int getMaximumMessageSize() {
        return MOST_BYTES;
    }

    @Override
    public boolean inUse() {
        return true;
    }
}
