/**
 * The HTTP/JSON API: agents act for themselves, supervisors for all, by bearer token; machines read metrics and health. It
 * reads snapshots and posts commands, and owns no state.
 */
@NullMarked
package org.paceline.daemon.api;

import org.jspecify.annotations.NullMarked;
