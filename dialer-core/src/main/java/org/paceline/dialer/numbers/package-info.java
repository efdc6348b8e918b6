/** Knowledge about telephone numbers: attempts, conversations, opt-outs. */
@NullMarked
package org.paceline.dialer.numbers;

import org.jspecify.annotations.NullMarked;
