/**
 * Rule books: policies and a campaign's own rules compiled into the judge, and its explanations.
 */
@NullMarked
package org.paceline.rules.book;

import org.jspecify.annotations.NullMarked;
