package org.paceline.sip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.paceline.sip.audio.G711;

/** A customer's media: sends a sound as PCMU over RTP, and keeps what it hears. Thread: two of its own. */
final class CustomerVoice implements AutoCloseable {

    private static final int HEADER_BYTES = 12;
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DatagramSocket socket;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final short[] sound;
    private final Thread hearing = Thread.ofPlatform().unstarted(this::hear);
    private final Thread speaking = Thread.ofPlatform().unstarted(this::speak);
    private volatile InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private volatile boolean over;

    /** @param sound said again and again, at 8 kHz */
    CustomerVoice(short[] sound) throws IOException {
        this.sound = sound.clone();
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(100);
    }

    /** The session of an answer. */
    String session() {
        return RawPeer.SESSION.replace("m=audio 39000", "m=audio " + socket.getLocalPort());
    }

    /** Speaks to where an offer says, and listens. */
    void start(String offer) {
        String media = offer.lines()
                .filter(line -> line.startsWith("m=audio "))
                .findFirst()
                .orElseThrow();
        to = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(media.split(" ", -1)[1]));
        hearing.start();
        speaking.start();
    }

    /** What was heard until now, silence left out where no packet came. */
    synchronized short[] heard() {
        ByteBuffer bytes = ByteBuffer.wrap(heard.toByteArray());
        short[] samples = new short[bytes.remaining()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = G711.PCMU.decode(bytes.get());
        }
        return samples;
    }

    private void speak() {
        long next = System.nanoTime();
        for (int frame = 0; !over; frame++) {
            ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + G711.FRAME_SAMPLES);
            packet.put((byte) 0x80)
                    .put((byte) 0)
                    .putShort((short) frame)
                    .putInt(frame * G711.FRAME_SAMPLES)
                    .putInt(77);
            for (int i = 0; i < G711.FRAME_SAMPLES; i++) {
                packet.put(G711.PCMU.encode(sound[(frame * G711.FRAME_SAMPLES + i) % sound.length]));
            }
            try {
                socket.send(new DatagramPacket(packet.array(), packet.capacity(), to));
            } catch (IOException e) {
                return; // closed
            }
            next += FRAME_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void hear() {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        while (!over) {
            try {
                socket.receive(packet);
                if (packet.getLength() > HEADER_BYTES && (packet.getData()[1] & 0x7F) == 0) {
                    synchronized (this) {
                        heard.write(packet.getData(), HEADER_BYTES, packet.getLength() - HEADER_BYTES);
                    }
                }
            } catch (SocketTimeoutException _) {
                // looks whether it is over
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    @Override
    public void close() {
        over = true;
        socket.close();
    }
}
