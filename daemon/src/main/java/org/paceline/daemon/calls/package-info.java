/** Calls as they are kept: everything of each, and what an agent did on a day. */
@NullMarked
package org.paceline.daemon.calls;

import org.jspecify.annotations.NullMarked;
