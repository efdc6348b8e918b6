package org.paceline.sip.line;

/**
 * What becomes of a call of an agent's phone: either {@link #failed}, or {@link #up} and later {@link #ended} or
 * {@link #lost}.
 *
 * <p>Thread: within the call's mailbox.
 */
public interface PhoneListener {

    /** It was answered; its media may be joined. */
    void up();

    /** @param reason one line for people: why it was never up */
    void failed(String reason);

    /** @param reason one line for people: why it is not up any more */
    void ended(String reason);

    /** A customer was to be joined while it holds the call; it does so until {@link #resumed}. */
    void held();

    /** It takes media again. */
    void resumed();

    /** @param reason one line for people: why it is not there any more, as {@link LineWatch} has it */
    void lost(String reason);
}
