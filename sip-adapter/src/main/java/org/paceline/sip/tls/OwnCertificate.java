package org.paceline.sip.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of ours, with its key.
 *
 * @param file where it was read
 * @param chain the certificate first
 */
record OwnCertificate(Path file, PrivateKey key, List<X509Certificate> chain) {

    OwnCertificate {
        chain = List.copyOf(chain);
    }

    /** @param problem as {@link CertificateStatus#problem} */
    CertificateStatus status(Instant now, @Nullable String problem) {
        String subject = chain.getFirst().getSubjectX500Principal().getName();
        return new CertificateStatus(file, subject, endsAt(), daysLeft(now), problem);
    }

    private Instant endsAt() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    private long daysLeft(Instant now) {
        return Math.floorDiv(
                Duration.between(now, endsAt()).toSeconds(), Duration.ofDays(1).toSeconds());
    }
}
