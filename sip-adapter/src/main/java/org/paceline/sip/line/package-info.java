/** Agents' standing lines: called at sign-in, kept up, called again when they drop. */
@NullMarked
package org.paceline.sip.line;

import org.jspecify.annotations.NullMarked;
