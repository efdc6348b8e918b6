/**
 * Facts that no dialer knows: how the lab's calls and talks end, and the laws they are drawn by; and outlooks that tell
 * them to a pacer.
 */
@NullMarked
package org.paceline.bench.pacing.oracle;

import org.jspecify.annotations.NullMarked;
