package org.paceline.dialer.call;

/**
 * A sound to be played to the called party.
 *
 * @param file path of a WAV file (8 kHz mono PCM16, µ-law or A-law), checked when the configuration was read
 */
public record Announcement(String file) {}
