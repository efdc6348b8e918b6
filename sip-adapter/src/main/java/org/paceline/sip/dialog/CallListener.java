package org.paceline.sip.dialog;

import org.paceline.dialer.call.CallCause;
import org.paceline.sip.sdp.RemoteAudio;

/**
 * What becomes of a call: {@link #ringing} at most once; then either {@link #failed}, or {@link #answered} and later
 * {@link #ended}.
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
public interface CallListener {

    /** The first 18x. */
    void ringing();

    /**
     * A 2xx came with a usable session, and its ACK is sent.
     *
     * @param arrivedNanos when it came, monotonic
     */
    void answered(RemoteAudio audio, long arrivedNanos);

    /** The other side moved its media, or holds the call. */
    void mediaChanged(RemoteAudio audio);

    void failed(CallFailure failure);

    void ended(EndedBy by, CallCause cause);
}
