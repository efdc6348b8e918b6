package org.paceline.sip.dialog;

import org.paceline.dialer.call.CallCause;
import org.paceline.sip.sdp.RemoteAudio;

/**
 * Is told what becomes of a call: {@link #ringing} at most twice, with 183 and with 180; then either {@link #failed},
 * or {@link #answered} and later {@link #ended}.
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
public interface CallListener {

    /**
     * A provisional response came; told before {@link #ringing}.
     *
     * @param status 100 to 199
     */
    default void provisional(int status) {}

    /**
     * The phone rings.
     *
     * @param alerting whether the trunk says so (180); otherwise it only says that the call is in progress (183), and a
     * 180 may still come
     */
    void ringing(boolean alerting);

    /**
     * A 2xx came with a usable session, and its ACK is sent.
     *
     * @param arrivedNanos when the 2xx came, monotonic
     */
    void answered(RemoteAudio audio, long arrivedNanos);

    /** The other side moved its media, or holds the call. */
    void mediaChanged(RemoteAudio audio);

    void failed(CallFailure failure);

    void ended(EndedBy by, CallCause cause);
}
