package org.paceline.sip.tls;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a certificate of ours stands.
 *
 * @param subject whom it is for
 * @param endsAt when it ends
 * @param daysLeft whole days until then; below 0 once it has ended
 * @param problem one line on why the files that are there now are not used, or null
 */
public record CertificateStatus(
        Path file,
        String subject,
        Instant endsAt,
        long daysLeft,
        @Nullable String problem) {}
