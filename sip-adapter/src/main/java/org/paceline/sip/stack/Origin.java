package org.paceline.sip.stack;

import java.io.IOException;

/** What a message came by, and its answer goes by. Thread: any. */
interface Origin {

    /** Makes the channel by which the message goes into the stack. */
    GuardedChannel channel();

    /** Sends an answer that the stack knows nothing of. */
    void send(byte[] message) throws IOException;

    /** Whether nobody sends the message again if it is dropped here. */
    boolean isStream();
}
