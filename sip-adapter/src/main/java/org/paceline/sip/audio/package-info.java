/**
 * Audio: G.711 and WAV files, as pure functions over samples. No sockets, no threads.
 */
@NullMarked
package org.paceline.sip.audio;

import org.jspecify.annotations.NullMarked;
