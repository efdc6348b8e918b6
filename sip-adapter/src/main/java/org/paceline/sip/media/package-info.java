/**
 * RTP media anchored in this process: sockets, the codec, symmetric latching, the relay between a customer and an
 * agent's standing line, announcements and the silence watch. One media loop owns every session.
 */
@NullMarked
package org.paceline.sip.media;

import org.jspecify.annotations.NullMarked;
