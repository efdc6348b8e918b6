package org.paceline.sip.stack;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.stack.Door.Entry;
import org.paceline.sip.stack.SipCounters.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP socket and its threads. Datagrams of strangers are dropped before they cost a copy or a parse; datagrams of
 * one call keep their order. No message, of whatever kind, ends a receive thread: exceptions, and input so deep that it
 * overflows the stack, are counted. Any other error is ours, and ends the process.
 */
final class GuardedUdpProcessor extends UDPMessageProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedUdpProcessor.class);
    /** More than any datagram holds, so that none is ever cut. */
    private static final int BUFFER_BYTES = 65_536;

    private static final long LIMIT_MILLIS = 10_000;

    private final PeerAddresses peers;
    private final SipUser user;
    private final Seal seal;
    private final SipCounters counters;
    private final MessageTap tap;
    private final MessageTap.Place place;
    private final Door door;
    private final CallLanes lanes;
    private final UdpChannel.Outlet outlet = this::send;
    private final GuardedParser parser = new GuardedParser();
    private final List<Thread> threads = new ArrayList<>();

    @SuppressWarnings("JdkObsolete") // the superclass's field is a LinkedList
    GuardedUdpProcessor(InetAddress address, SIPTransactionStack stack, int port, Entrance entrance)
            throws IOException {
        super(address, stack, port);
        this.peers = entrance.peers();
        this.user = entrance.user();
        this.seal = entrance.seal();
        this.counters = entrance.counters();
        this.tap = entrance.tap();
        this.place = new MessageTap.Place(Transport.UDP, address, port);
        this.door = new Door(seal, peers, user::expects, counters);
        this.lanes = new CallLanes(entrance.receiveThreads(), counters);
        this.messageChannels = new LinkedList<>();
        for (int i = 0; i < entrance.receiveThreads(); i++) {
            int lane = i;
            threads.add(entrance.watch().thread("sip-receive-" + i, LIMIT_MILLIS, beat -> receive(lane, beat)));
        }
        threads.add(entrance.watch().thread("sip-socket", LIMIT_MILLIS, this::listen));
    }

    /**
     * The parts that decide at the socket what comes in.
     *
     * @param peers the addresses that may send requests outside of calls
     * @param user knows which requests are within calls
     * @param tap is shown what comes in and goes out
     */
    record Entrance(
            int receiveThreads,
            PeerAddresses peers,
            SipUser user,
            Seal seal,
            SipCounters counters,
            MessageTap tap,
            ThreadWatch watch) {}

    @Override
    public void start() {
        isRunning = true;
        threads.forEach(Thread::start);
    }

    @Override
    public void stop() {
        super.stop();
        threads.forEach(Thread::interrupt);
    }

    private void listen(Heartbeat heartbeat) {
        byte[] buffer = new byte[BUFFER_BYTES];
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

    private void accept(DatagramPacket packet) throws IOException {
        byte[] pong = KeepAlive.answer(packet.getData(), packet.getLength(), packet.getAddress(), packet.getPort());
        if (pong != null) {
            if (peers.contains(packet.getAddress())) {
                send(pong, new InetSocketAddress(packet.getAddress(), packet.getPort()));
            }
            return;
        }
        long now = System.nanoTime();
        Entry entry = door.judge(packet.getData(), packet.getLength(), packet.getAddress(), now);
        if (entry != null) {
            byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
            tap.received(place, packet.getAddress(), packet.getPort(), message, now);
            lanes.offer(new Datagram(message, packet.getAddress(), packet.getPort(), now), entry, door.callHash());
        }
    }

    private void receive(int lane, Heartbeat heartbeat) {
        while (isRunning) {
            try {
                heartbeat.idle();
                Datagram next = lanes.take(lane);
                heartbeat.beat();
                handle(next);
            } catch (InterruptedException _) {
                // An interrupt only stops the thread; a stray one does not matter.
            } catch (Exception | StackOverflowError e) {
                failed("a SIP message could not be handled", e);
            }
        }
    }

    private void handle(Datagram datagram) throws Exception {
        SIPMessage message;
        try {
            message = parser.parse(datagram.bytes());
        } catch (MalformedMessage e) {
            counters.add(Counter.MALFORMED_MESSAGES);
            refuse(datagram, e);
            return;
        }
        if (message instanceof SIPRequest request
                && !peers.contains(datagram.address())
                && !user.isWithinCall(request)
                && !isRegistering(request)) {
            // It has the Call-ID of a call, but not its tags.
            counters.add(Counter.DROPPED_REQUESTS);
            return;
        }
        new UdpChannel(this, outlet, datagram.address(), datagram.port()).processMessage(message);
    }

    private boolean isRegistering(SIPRequest request) {
        return Request.REGISTER.equals(request.getMethod())
                && request.getTo().getAddress().getURI() instanceof SipUri uri
                && uri.getUser() != null
                && user.expects(uri.getUser());
    }

    /** Answers a peer's request that cannot be taken; a response or a stranger's request is not answered. */
    private void refuse(Datagram datagram, MalformedMessage why) throws IOException {
        byte[] bytes = datagram.bytes();
        if (!peers.contains(datagram.address())
                || RawHeaders.isResponse(bytes, RawHeaders.start(bytes, bytes.length), bytes.length)) {
            return;
        }
        byte @Nullable [] reply = RawReply.to(bytes, why.status(), String.valueOf(why.getMessage()), seal.tag());
        if (reply != null) {
            send(reply, new InetSocketAddress(datagram.address(), datagram.port()));
        }
    }

    /** Sends a message; does nothing once the socket is stopped. */
    void send(byte[] message, InetSocketAddress to) throws IOException {
        if (!isRunning) {
            return;
        }
        tap.sent(place, to.getAddress(), to.getPort(), message);
        try {
            sock.send(new DatagramPacket(message, message.length, to));
        } catch (IOException e) {
            tap.notSent(place, to.getAddress(), to.getPort(), message, String.valueOf(e.getMessage()));
            if (isRunning) {
                throw e;
            }
        }
    }

    /** Counts an error, and logs it: the first with its stack, then at every doubling of their number. */
    private void failed(String what, Throwable e) {
        counters.add(Counter.RECEIVE_ERRORS);
        long errors = counters.value(Counter.RECEIVE_ERRORS);
        if (errors == 1) {
            LOG.error(what, e);
        } else if (Long.bitCount(errors) == 1) {
            LOG.error("{} errors={} last=\"{}\"", what, errors, e.toString());
        }
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws UnknownHostException {
        return new UdpChannel(this, outlet, target.getInetAddress(), target.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) {
        return new UdpChannel(this, outlet, address, port);
    }
}
