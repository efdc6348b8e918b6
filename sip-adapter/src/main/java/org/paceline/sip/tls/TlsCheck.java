package org.paceline.sip.tls;

import java.nio.file.Path;
import java.time.Instant;

/** Looks at files before anything is started with them. Thread: any that may wait for a disk. */
public final class TlsCheck {

    private TlsCheck() {}

    /**
     * Reads a certificate of ours with its key.
     *
     * @throws TlsException where they cannot be used
     */
    public static CertificateStatus own(TlsFiles files, Instant now) throws TlsException {
        return PemFiles.own(files).status(now, null);
    }

    /**
     * Reads the certificates of authorities.
     *
     * @throws TlsException where there are none
     */
    public static void authorities(Path file) throws TlsException {
        var _ = PemFiles.certificates(file);
    }
}
