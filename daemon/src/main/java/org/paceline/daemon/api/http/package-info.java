/** What every route says and reads in HTTP: problems with their status, bodies, query keys, times. */
@NullMarked
package org.paceline.daemon.api.http;

import org.jspecify.annotations.NullMarked;
