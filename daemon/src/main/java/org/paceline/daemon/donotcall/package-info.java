/**
 * The do-not-call list: its table, its import, and the watch that tells the engine of other processes' entries.
 *
 * <p>Tables: {@code do_not_call}, {@code do_not_call_list}, {@code do_not_call_segment}, {@code do_not_call_removal},
 * {@code list_version}, {@code number_plan}. {@code attempt} and {@code call_disposition} are read for what a person
 * said on the phone.
 */
@NullMarked
package org.paceline.daemon.donotcall;

import org.jspecify.annotations.NullMarked;
