package org.paceline.dialer.call;

/**
 * A closed recording.
 *
 * @param path of the stereo WAV file, customer left, agent right
 * @param bytes its size
 * @param millis its length, milliseconds
 * @param complete false where packets could not be written
 */
public record RecordingFile(String path, long bytes, long millis, boolean complete) {}
