/** Customers' call legs: placed over a trunk, ended by exactly one {@code CallFailed} or {@code CallHungUp}. */
@NullMarked
package org.paceline.sip.call;

import org.jspecify.annotations.NullMarked;
