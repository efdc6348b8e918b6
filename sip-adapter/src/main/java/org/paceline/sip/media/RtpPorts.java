package org.paceline.sip.media;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local ports of RTP: the free ones, and those that other programs have. The latter are found at the start or when
 * a port is to be bound, and are tried again in turn until the other program lets go of them.
 *
 * <p>Thread: any.
 */
final class RtpPorts {

    private static final Logger LOG = LoggerFactory.getLogger(RtpPorts.class);

    /** How many ports of other programs are tried at once. */
    private static final int HELD_AT_ONCE = 64;

    private final InetAddress host;
    private final MediaSettings settings;
    private final PortRange range;
    private final MediaListener listener;
    private final IntSupplier inUse;

    /**
     * @param host the address that ports are bound on
     * @param inUse how many are bound now, for the words of an error
     */
    RtpPorts(InetAddress host, MediaSettings settings, MediaListener listener, IntSupplier inUse) {
        this.host = host;
        this.settings = settings;
        this.listener = listener;
        this.inUse = inUse;
        range = new PortRange(settings);
        findHeld();
    }

    /** Makes something on a port. */
    @FunctionalInterface
    interface Binding<T> {
        T bind(int port) throws IOException;
    }

    /**
     * Binds the next free even port; it is given back by {@link #release}.
     *
     * @throws IOException when every port of the range is in use, or the system gives us no socket
     */
    <T> T bindNext(Binding<T> binding) throws IOException {
        IOException last = null;
        for (int tries = range.size(); tries > 0; tries--) {
            int port = range.take();
            if (port == PortRange.NONE) {
                break;
            }
            try {
                return binding.bind(port);
            } catch (IOException e) {
                last = e;
                if (!isHeld(port)) { // not the port's fault: another port would fail too
                    range.release(port);
                    throw e;
                }
                range.hold(port);
                tell();
            }
        }
        throw usedUp(last);
    }

    void release(int port) {
        range.release(port);
    }

    /** How many ports are left; −1 where the operating system chooses. */
    int free() {
        return range.free();
    }

    /** Tries some of the ports that other programs have. */
    void tryHeld() {
        List<Integer> free = range.heldToTry(HELD_AT_ONCE).stream()
                .filter(port -> !isHeld(port))
                .toList();
        if (!free.isEmpty()) {
            free.forEach(range::heldNoMore);
            tell();
        }
    }

    /** Finds the ports that other programs have, once, before any is bound. */
    private void findHeld() {
        if (range.usable() != Integer.MAX_VALUE) {
            Set<Integer> bound = BoundPorts.read();
            for (int left = range.size(); left > 0; left--) {
                int port = range.take();
                if ((bound == null || bound.contains(port)) && isHeld(port)) {
                    range.hold(port);
                } else {
                    range.release(port);
                }
            }
        }
        tell();
    }

    private void tell() {
        int held = range.held();
        if (held > 0) {
            LOG.warn(
                    "media=ports usable={} held-by-others={} range={}-{}",
                    range.usable(),
                    held,
                    settings.firstPort(),
                    settings.lastPort());
        }
        listener.portsChanged(range.usable(), held);
    }

    private boolean isHeld(int port) {
        try {
            new DatagramSocket(new InetSocketAddress(host, port)).close();
            return false;
        } catch (BindException _) {
            return port != 0;
        } catch (SocketException _) {
            return false;
        }
    }

    private IOException usedUp(@Nullable IOException last) {
        return new IOException(
                "RTP ports " + settings.firstPort() + "-" + settings.lastPort() + " on " + host.getHostAddress()
                        + " are used up (open=" + inUse.getAsInt() + "): widen media.first-port and media.last-port",
                last);
    }
}
