package org.paceline.sip.stack;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedList;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.stack.SipCounters.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP socket and its threads. Requests from strangers are dropped before they cost a parse; datagrams of one call
 * keep their order. No message, of whatever kind, ends a receive thread: exceptions, and input so deep that it overflows the
 * stack, are counted. Any other error is ours, and ends the process.
 */
final class GuardedUdpProcessor extends UDPMessageProcessor {

    private static final Logger log = LoggerFactory.getLogger(GuardedUdpProcessor.class);
    /** Shorter is no SIP: a keep-alive of CR LF CR LF. */
    private static final int SHORTEST = 16;

    private static final long LIMIT_MILLIS = 10_000;

    private final int threads;
    private final int largestMessage;
    private final PeerAddresses peers;
    private final SipCounters counters;
    private final ThreadWatch watch;

    @SuppressWarnings("JdkObsolete") // the superclass's field is a LinkedList
    GuardedUdpProcessor(
            InetAddress address,
            SIPTransactionStack stack,
            int port,
            int threads,
            PeerAddresses peers,
            SipCounters counters,
            ThreadWatch watch)
            throws IOException {
        super(address, stack, port);
        this.watch = watch;
        this.threads = threads;
        this.largestMessage = stack.getMaxMessageSize();
        this.peers = peers;
        this.counters = counters;
        this.messageQueue = new CallLanes(threads, counters, watch);
        this.messageChannels = new LinkedList<>();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void start() {
        isRunning = true;
        for (int i = 0; i < threads; i++) {
            messageChannels.add(new GuardedChannel(getSIPStack(), this, "sip-receive-" + i));
        }
        watch.thread("sip-socket", LIMIT_MILLIS, this::receive).start();
    }

    private void receive(Heartbeat heartbeat) {
        byte[] buffer = new byte[largestMessage];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (isRunning) {
            try {
                packet.setLength(buffer.length);
                heartbeat.idle();
                sock.receive(packet);
                heartbeat.beat();
                accept(packet);
            } catch (IOException e) {
                if (isRunning && !sock.isClosed()) {
                    counters.add(Counter.RECEIVE_ERRORS);
                }
            } catch (RuntimeException e) {
                failed("a datagram could not be taken", e);
            }
        }
    }

    /** Does nothing once it is stopped. */
    void send(byte[] message, InetSocketAddress to) throws IOException {
        if (isRunning) {
            sock.send(new DatagramPacket(message, message.length, to));
        }
    }

    private void accept(DatagramPacket packet) {
        if (packet.getLength() < SHORTEST) {
            return;
        }
        if (!isResponse(packet) && !peers.contains(packet.getAddress())) {
            counters.add(Counter.DROPPED_REQUESTS);
            return;
        }
        byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
        DatagramPacket copy = new DatagramPacket(message, message.length, packet.getAddress(), packet.getPort());
        messageQueue.offer(new DatagramQueuedMessageDispatch(copy, System.currentTimeMillis()));
    }

    /** Counts an error, and logs it: the first with its stack, then at every doubling of their number. */
    private void failed(String what, Throwable e) {
        counters.add(Counter.RECEIVE_ERRORS);
        long errors = counters.value(Counter.RECEIVE_ERRORS);
        if (errors == 1) {
            log.error(what, e);
        } else if (Long.bitCount(errors) == 1) {
            log.error("{} errors={} last=\"{}\"", what, errors, e.toString());
        }
    }

    /** Whether it begins with {@code SIP/}: a response is matched with what we sent, whoever it comes from. */
    private static boolean isResponse(DatagramPacket packet) {
        byte[] data = packet.getData();
        return data[0] == 'S' && data[1] == 'I' && data[2] == 'P' && data[3] == '/';
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws UnknownHostException {
        return new GuardedChannel(getSIPStack(), this, target.getInetAddress(), target.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) {
        return new GuardedChannel(getSIPStack(), this, address, port);
    }

    /**
     * A way to one peer, or, with a name, a receive thread that goes on after errors (the stack's own catches exceptions
     * only). Both send from our socket; the stack's own would open one for each message.
     */
    private static final class GuardedChannel extends UDPMessageChannel {

        GuardedChannel(SIPTransactionStack stack, GuardedUdpProcessor processor, String threadName) {
            super(stack, processor, threadName);
        }

        GuardedChannel(SIPTransactionStack stack, GuardedUdpProcessor processor, InetAddress address, int port) {
            super(address, port, stack, processor);
        }

        @Override
        public void run() {
            // The superclass starts this thread in its constructor: only its fields may be used.
            GuardedUdpProcessor processor = processor();
            while (processor.isRunning) {
                try {
                    super.run();
                } catch (RuntimeException | StackOverflowError e) {
                    processor.failed("a SIP message could not be handled", e);
                } catch (Error e) {
                    processor.watch.died(Thread.currentThread().getName(), e);
                    return;
                }
            }
        }

        @Override
        protected void sendMessage(byte[] message, InetAddress address, int port, boolean reconnect)
                throws IOException {
            processor().send(message, new InetSocketAddress(address, port));
        }

        @Override
        protected void sendMessage(byte[] message, InetAddress address, int port, String protocol, boolean retry)
                throws IOException {
            processor().send(message, new InetSocketAddress(address, port));
        }

        private GuardedUdpProcessor processor() {
            return (GuardedUdpProcessor) getMessageProcessor();
        }
    }
}
