package org.paceline.sip.media;

import org.jspecify.annotations.Nullable;
import org.paceline.sip.recording.RecordingTap;

/** Begins the recording of one call. The maker of this knows which call it is, and the file. */
@FunctionalInterface
public interface RecordingStart {

    /**
     * Thread: media loop.
     *
     * @return null when the call cannot be recorded
     */
    @Nullable
    RecordingTap begin(long nowNanos);
}
