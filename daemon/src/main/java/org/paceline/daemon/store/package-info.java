/**
 * Writes events behind the calls: the order in which the tables' owners write one batch. There is no statement here.
 */
@NullMarked
package org.paceline.daemon.store;

import org.jspecify.annotations.NullMarked;
