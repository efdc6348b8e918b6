/** What a request passes before its route: whose token it is, and a share of what runs at once. */
@NullMarked
package org.paceline.daemon.api.access;

import org.jspecify.annotations.NullMarked;
