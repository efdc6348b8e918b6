package org.paceline.sip.trunk;

import org.jspecify.annotations.Nullable;
import org.paceline.sip.auth.Credentials;

/**
 * What a trunk's peer knows us by.
 *
 * @param credentials answer its challenges
 * @param registration how it is told where we are, or null where it need not be told
 */
public record TrunkAccount(
        Credentials credentials, @Nullable Registration registration) {

    /**
     * A registration (RFC 3261 §10.2).
     *
     * @param domain host of the address of record, whose user is that of the credentials
     * @param expiresSeconds how long it is asked for
     */
    public record Registration(String domain, int expiresSeconds) {}
}
