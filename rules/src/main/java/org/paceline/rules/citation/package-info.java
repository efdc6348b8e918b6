/** Which law or contract each figure of a policy or campaign cites. */
@NullMarked
package org.paceline.rules.citation;

import org.jspecify.annotations.NullMarked;
