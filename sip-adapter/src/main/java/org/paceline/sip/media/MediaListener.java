package org.paceline.sip.media;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.id.CallId;

/**
 * Takes the media plane's reports.
 *
 * <p>Thread: {@link #recordingClosed} comes from {@code recorder}, {@link #recorderChanged} from there or from the
 * media loop, one at a time; either may come before the constructor of {@link MediaPlane} has returned. None of them
 * may block.
 */
public interface MediaListener {

    /** A recording was closed and has its final name. */
    void recordingClosed(CallId call, RecordingFile file);

    /**
     * Takes the result of the first check, and every change from then on.
     *
     * @param reason why recordings cannot be written, for example that their thread hangs; null when they can
     */
    void recorderChanged(@Nullable String reason);

    /**
     * Takes the number of local ports, at the start and with every change.
     *
     * <p>Thread: any.
     *
     * @param usable ports of the range that are ours, in use or not; {@link Integer#MAX_VALUE} where nothing limits
     * them
     * @param heldByOthers ports of the range that other programs have
     */
    default void portsChanged(int usable, int heldByOthers) {}
}
