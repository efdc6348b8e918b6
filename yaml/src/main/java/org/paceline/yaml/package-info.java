/**
 * Strict YAML for people: a small tree that keeps the file, line and key of every value, and typed reads that collect
 * all problems instead of stopping at the first. Unknown keys are refused, and the nearest known key is suggested.
 * Policies, campaign files and the daemon's configuration are all read with it.
 */
@NullMarked
package org.paceline.yaml;

import org.jspecify.annotations.NullMarked;
