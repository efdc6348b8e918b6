/** What happened, written behind the calls, and the figures that reports and the API read from it. */
@NullMarked
package org.paceline.daemon.records;

import org.jspecify.annotations.NullMarked;
