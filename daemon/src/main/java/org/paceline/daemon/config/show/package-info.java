/** Prints the configuration that is in force. */
@NullMarked
package org.paceline.daemon.config.show;

import org.jspecify.annotations.NullMarked;
