package org.paceline.sip.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * On what terms connections to a peer are secured.
 *
 * @param trust PEM file of the authorities whose certificates are taken; null for those that the JDK knows
 * @param own the certificate by which we show who we are; null for none
 * @param check what is looked at in the peer's certificate
 */
public record TlsTerms(@Nullable Path trust, @Nullable TlsFiles own, Check check) {

    /** The JDK's authorities, no certificate of ours, everything checked. */
    public static final TlsTerms USUAL = new TlsTerms(null, null, Check.FULL);

    /** What is looked at in a peer's certificate. */
    public enum Check {
        /** That a trusted authority issued it, and that it is the peer's (RFC 5922 §7). */
        FULL,
        /** That a trusted authority issued it, to whomever. */
        CHAIN,
        /** Nothing; the connection is only secret. */
        NONE
    }
}
