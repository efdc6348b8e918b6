/**
 * Policies as data: each says what one regulation or one house rule allows, and every figure has its citation. They are
 * read from YAML, the built-in ones and the user's own.
 */
@NullMarked
package org.paceline.rules.policy;

import org.jspecify.annotations.NullMarked;
