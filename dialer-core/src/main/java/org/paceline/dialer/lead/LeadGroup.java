package org.paceline.dialer.lead;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberKind;

/**
 * The traits of a lead that are known before it is dialled, as far as leads that share them may answer alike.
 *
 * @param segment of the list, or null
 * @param attempts made before
 */
public record LeadGroup(@Nullable String segment, int attempts, NumberKind kind) {}
