/**
 * Strict YAML for people: a small tree that keeps file, line and key of every value, typed reads that collect all problems
 * instead of stopping at the first, and unknown keys refused with the nearest known one. Policies, campaign files and the
 * daemon's configuration are all read with it.
 */
@NullMarked
package org.paceline.yaml;

import org.jspecify.annotations.NullMarked;
