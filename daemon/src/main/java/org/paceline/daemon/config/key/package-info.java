/** The keys of the configuration files. */
@NullMarked
package org.paceline.daemon.config.key;

import org.jspecify.annotations.NullMarked;
