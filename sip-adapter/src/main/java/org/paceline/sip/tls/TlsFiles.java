package org.paceline.sip.tls;

import java.nio.file.Path;

/**
 * A certificate of ours and its key, as files.
 *
 * @param certificate PEM, the certificate first, then those that lead to its issuer
 * @param key PEM, PKCS #8 or as OpenSSL writes it, without a password
 */
public record TlsFiles(Path certificate, Path key) {}
