/** The parts of HTTP that every route uses: problems with their status, bodies, query keys, times. */
@NullMarked
package org.paceline.daemon.api.http;

import org.jspecify.annotations.NullMarked;
