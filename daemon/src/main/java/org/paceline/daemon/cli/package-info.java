/** The command line: {@code run}, {@code demo}, {@code check}, {@code leads}, {@code dnc}, {@code rules}. */
@NullMarked
package org.paceline.daemon.cli;

import org.jspecify.annotations.NullMarked;
