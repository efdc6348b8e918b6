package org.paceline.sip.line;

import org.paceline.sip.media.MediaSession;

/**
 * What becomes of a call of an agent's phone: either {@link #failed}, or {@link #up} and later {@link #ended}.
 *
 * <p>Thread: within the call's mailbox.
 */
public interface PhoneListener {

    /** It was answered; its media may be joined. */
    void up(MediaSession media);

    /** @param reason one line for people: why it was never up */
    void failed(String reason);

    /** @param reason one line for people: why it is not up any more */
    void ended(String reason);
}
