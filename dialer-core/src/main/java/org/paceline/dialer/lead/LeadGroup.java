package org.paceline.dialer.lead;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberKind;

/**
 * What is known of a record before it is dialled, as far as records that have it in common may answer alike.
 *
 * @param segment of the list, or null
 * @param attempts made before
 */
public record LeadGroup(@Nullable String segment, int attempts, NumberKind kind) {}
