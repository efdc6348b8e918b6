/**
 * Legal hours: weekly windows, quiet periods and holidays as policies write them, and their compiled form that answers
 * whether a moment is open in a time zone, until when, and when all of several zones are open next.
 */
@NullMarked
package org.paceline.rules.calendar;

import org.jspecify.annotations.NullMarked;
