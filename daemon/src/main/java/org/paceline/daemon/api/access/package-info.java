/**
 * The checks that a request passes before its route: the owner of its token, and a share of the requests that run at
 * once.
 */
@NullMarked
package org.paceline.daemon.api.access;

import org.jspecify.annotations.NullMarked;
