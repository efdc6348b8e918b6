package org.paceline.sip.line;

/**
 * Is told what becomes of a call of an agent's phone: either {@link #failed}, or {@link #up} and later {@link #ended}
 * or {@link #lost}.
 *
 * <p>Thread: within the call's mailbox.
 */
public interface PhoneListener {

    /** The call was answered; its media may be joined. */
    void up();

    /** @param reason one line for people: why the call was never up */
    void failed(String reason);

    /** @param reason one line for people: why the call is not up any more */
    void ended(String reason);

    /** A customer was to be joined while the phone holds the call; it holds it until {@link #resumed}. */
    void held();

    /** The phone takes media again. */
    void resumed();

    /** @param reason one line for people: why the phone is not there any more, as {@link LineWatch} found */
    void lost(String reason);
}
