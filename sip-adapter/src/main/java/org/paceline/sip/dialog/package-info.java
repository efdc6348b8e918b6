/**
 * Calls that we place, as SIP sees them: INVITE, CANCEL, ACK, BYE and what the other side asks for within the call
 * (RFC 3261, 3264). What a call is for, a customer or an agent's line, is decided by its listener.
 */
@NullMarked
package org.paceline.sip.dialog;

import org.jspecify.annotations.NullMarked;
