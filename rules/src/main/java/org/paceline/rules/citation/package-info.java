/** The laws or contracts that the figures of a policy or campaign cite. */
@NullMarked
package org.paceline.rules.citation;

import org.jspecify.annotations.NullMarked;
