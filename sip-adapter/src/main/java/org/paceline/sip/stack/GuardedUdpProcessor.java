package org.paceline.sip.stack;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedList;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.sip.stack.Door.Entry;
import org.paceline.sip.stack.SipCounters.Counter;

/** The UDP socket and its thread. Datagrams of strangers are dropped before they cost a copy or a parse. */
final class GuardedUdpProcessor extends UDPMessageProcessor {

    /** More than any datagram holds, so that none is ever cut. */
    private static final int BUFFER_BYTES = 65_536;

    private static final long LIMIT_MILLIS = 10_000;

    private final PeerAddresses peers;
    private final SipCounters counters;
    private final MessageTap tap;
    private final MessageTap.Place place;
    private final Door door;
    private final Intake intake;
    private final UdpChannel.Outlet outlet = this::send;
    private final Thread thread;

    @SuppressWarnings("JdkObsolete") // the superclass's field is a LinkedList
    GuardedUdpProcessor(InetAddress address, SIPTransactionStack stack, int port, Entrance entrance, Intake intake)
            throws IOException {
        super(address, stack, port);
        peers = entrance.peers();
        counters = entrance.counters();
        door = entrance.door();
        tap = entrance.tap();
        place = new MessageTap.Place(Transport.UDP, address, port);
        this.intake = intake;
        this.messageChannels = new LinkedList<>();
        thread = entrance.watch().thread("sip-socket", LIMIT_MILLIS, this::listen);
    }

    @Override
    public void start() {
        isRunning = true;
        thread.start();
    }

    @Override
    public void stop() {
        super.stop();
        thread.interrupt();
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
                intake.failed("a datagram could not be taken", e);
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
            Origin origin = new Sender(packet.getAddress(), packet.getPort());
            intake.offer(new Arrival(message, packet.getAddress(), now, origin), entry, door.callHash());
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

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws UnknownHostException {
        return new UdpChannel(this, outlet, target.getInetAddress(), target.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) {
        return new UdpChannel(this, outlet, address, port);
    }

    /** Where a datagram came from. */
    private final class Sender implements Origin {
        private final InetAddress address;
        private final int port;

        Sender(InetAddress address, int port) {
            this.address = address;
            this.port = port;
        }

        @Override
        public GuardedChannel channel() {
            return new UdpChannel(GuardedUdpProcessor.this, outlet, address, port);
        }

        @Override
        public void send(byte[] message) throws IOException {
            outlet.send(message, new InetSocketAddress(address, port));
        }

        @Override
        public boolean isStream() {
            return false;
        }
    }
}
