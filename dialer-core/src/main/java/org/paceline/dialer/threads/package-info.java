/**
 * Threads, their deaths and their signs of life: no thread of ours ends without the process's owner hearing of it, and a
 * thread that hangs is seen.
 */
@NullMarked
package org.paceline.dialer.threads;

import org.jspecify.annotations.NullMarked;
