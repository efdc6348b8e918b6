/**
 * Requests that carry an idempotency key, so that the same one sent twice is done once.
 *
 * <p>Table: {@code request_key}.
 */
@NullMarked
package org.paceline.daemon.requests;

import org.jspecify.annotations.NullMarked;
