/**
 * Recording of joined calls to stereo WAV files, off the media loop: one {@code recorder} thread owns every open file.
 */
@NullMarked
package org.paceline.sip.recording;

import org.jspecify.annotations.NullMarked;
