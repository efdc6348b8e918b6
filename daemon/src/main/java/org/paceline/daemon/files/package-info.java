/** Files that Paceline writes. */
@NullMarked
package org.paceline.daemon.files;

import org.jspecify.annotations.NullMarked;
