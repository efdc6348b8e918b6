/**
 * Calls that we place, as SIP sees them: INVITE, CANCEL, ACK, BYE and the other side's requests within the call (RFC
 * 3261, 3264). The listener of a call decides whether it is for a customer or for an agent's line.
 */
@NullMarked
package org.paceline.sip.dialog;

import org.jspecify.annotations.NullMarked;
