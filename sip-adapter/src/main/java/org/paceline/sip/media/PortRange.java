package org.paceline.sip.media;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Hands out the even ports of a range (RFC 3550 §11); a port that came back is used again last, so that late packets of
 * the call before find nobody. Ports that another program has are set aside until it lets go of them. A range that begins at 0
 * leaves the choice to the operating system.
 *
 * <p>Thread: any.
 */
final class PortRange {

    /** Returned where no port is left. */
    static final int NONE = -1;

    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final Set<Integer> held = new LinkedHashSet<>();
    private final boolean anyPort;
    private final int size;

    PortRange(MediaSettings settings) {
        anyPort = settings.firstPort() == 0;
        if (!anyPort) {
            for (int port = settings.firstPort() + (settings.firstPort() & 1); port <= settings.lastPort(); port += 2) {
                free.add(port);
            }
            if (free.isEmpty()) {
                throw new IllegalArgumentException("firstPort=" + settings.firstPort() + " lastPort="
                        + settings.lastPort() + ": must hold at least one even port");
            }
        }
        size = anyPort ? 1 : free.size();
    }

    /** How many ports there are to try. */
    int size() {
        return size;
    }

    synchronized int take() {
        if (anyPort) {
            return 0;
        }
        Integer port = free.poll();
        return port == null ? NONE : port;
    }

    /** How many ports are left; −1 where the operating system chooses. */
    synchronized int free() {
        return anyPort ? -1 : free.size();
    }

    synchronized void release(int port) {
        if (!anyPort) {
            free.add(port);
        }
    }

    /** Sets a port aside that belongs to another program. */
    synchronized void hold(int port) {
        held.add(port);
    }

    /** Takes a port back that another program let go of. */
    synchronized void heldNoMore(int port) {
        if (held.remove(port)) {
            free.add(port);
        }
    }

    /** Returns some of the ports that other programs have, to be tried; all have their turn. */
    synchronized List<Integer> heldToTry(int most) {
        List<Integer> next = held.stream().limit(most).toList();
        next.forEach(held::remove);
        held.addAll(next);
        return next;
    }

    /** How many ports other programs have. */
    synchronized int held() {
        return held.size();
    }

    /** How many ports are ours, in use or not; {@link Integer#MAX_VALUE} where the operating system chooses. */
    synchronized int usable() {
        return anyPort ? Integer.MAX_VALUE : size - held.size();
    }
}
