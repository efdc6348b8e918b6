/** Where the names of SIP hosts lead (RFC 3263), by NAPTR, SRV and addresses. */
@NullMarked
package org.paceline.sip.dns;

import org.jspecify.annotations.NullMarked;
