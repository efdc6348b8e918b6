package org.paceline.sip.dialog;

/**
 * The parts that the classes of one call share.
 *
 * <p>Thread: within the mailbox.
 */
record CallParts(
        Signalling signalling, CallTarget target, OfferAnswer offers, CallListener listener, Mailbox mailbox) {}
