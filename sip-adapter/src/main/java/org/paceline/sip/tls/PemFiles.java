package org.paceline.sip.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys from PEM files (RFC 7468). Thread: any that may wait for a disk. */
final class PemFiles {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:[A-Z0-9]+ )*)PRIVATE KEY-----([^-]*)-----END [A-Z0-9 ]*PRIVATE KEY-----");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
    /** A file that is longer is no list of certificates. */
    private static final long MOST_BYTES = 4_000_000;

    private PemFiles() {}

    /**
     * Reads a certificate of ours with its key.
     *
     * @throws TlsException where one of them cannot be read, or they do not belong together
     */
    static OwnCertificate own(TlsFiles files) throws TlsException {
        List<X509Certificate> chain = certificates(files.certificate());
        PrivateKey key = key(files.key());
        if (!fit(chain.getFirst(), key)) {
            throw new TlsException("key " + files.key() + " does not belong to the first certificate in "
                    + files.certificate() + " (" + chain.getFirst().getSubjectX500Principal() + ")");
        }
        return new OwnCertificate(files.certificate(), key, chain);
    }

    /** Reads at least one certificate. */
    static List<X509Certificate> certificates(Path file) throws TlsException {
        Matcher block = CERTIFICATE.matcher(text("certificate", file));
        List<X509Certificate> all = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (block.find()) {
                byte[] pem = block.group().getBytes(StandardCharsets.US_ASCII);
                all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(pem)));
            }
        } catch (CertificateException e) {
            throw new TlsException("certificate " + (all.size() + 1) + " in " + file + " cannot be read");
        }
        if (all.isEmpty()) {
            throw new TlsException(file + " has no certificate: must be PEM, with -----BEGIN CERTIFICATE-----");
        }
        return all;
    }

    private static PrivateKey key(Path file) throws TlsException {
        Matcher block = KEY.matcher(text("key", file));
        if (!block.find()) {
            throw new TlsException(file + " has no key: must be PEM, with -----BEGIN PRIVATE KEY-----");
        }
        if (!block.group(1).isEmpty()) {
            throw new TlsException("key " + file + " is " + block.group(1).strip()
                    + ": must be PKCS #8 without a password; make it by: openssl pkcs8 -topk8 -nocrypt -in " + file);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
                PrivateKey key = key(algorithm, der);
                if (key != null) {
                    return key;
                }
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        throw new TlsException("key " + file + " cannot be read: must be a PKCS #8 key for RSA, EC or EdDSA");
    }

    private static @Nullable PrivateKey key(String algorithm, byte[] der) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException _) {
            return null;
        }
    }

    private static String text(String what, Path file) throws TlsException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new TlsException(what + " file " + file + " is too long for one");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TlsException(what + " file " + file + " does not exist");
        } catch (TlsException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsException(what + " file " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** Whether what the key signs is verified by the certificate. */
    private static boolean fit(X509Certificate certificate, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            byte[] sample = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
