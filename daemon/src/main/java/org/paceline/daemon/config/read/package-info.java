/** Reads the configuration files strictly into records, with all problems reported together by file, line and key. */
@NullMarked
package org.paceline.daemon.config.read;

import org.jspecify.annotations.NullMarked;
