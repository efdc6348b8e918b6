/**
 * The composition root: everything that runs is made, joined, started in order and stopped in the opposite order here.
 */
@NullMarked
package org.paceline.daemon.run;

import org.jspecify.annotations.NullMarked;
