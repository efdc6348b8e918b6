package org.paceline.sip.stack;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The transports that SIP messages go by (RFC 3261 §18). */
public enum Transport {
    UDP(5060),
    TCP(5060),
    TLS(5061);

    private final int defaultPort;
    private final String word = name().toLowerCase(Locale.ROOT);

    Transport(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The port where none is named (RFC 3261 §19.1.2). */
    public int defaultPort() {
        return defaultPort;
    }

    /** Whether messages go over a connection, which loses none as long as it stands. */
    public boolean isStream() {
        return this != UDP;
    }

    /** Returns the value of a URI's {@code transport} parameter, and the word for people. */
    public String word() {
        return word;
    }

    /** Returns the transport of that name in whatever case, or null where there is none. */
    public static @Nullable Transport of(@Nullable String word) {
        for (Transport transport : values()) {
            if (transport.word.equalsIgnoreCase(word)) {
                return transport;
            }
        }
        return null;
    }
}
