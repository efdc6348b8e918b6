package org.paceline.sip.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** An authority of the tests, and certificates that it issues. */
public final class TestCertificates {

    private final X509Bundle authority;

    public TestCertificates() {
        try {
            authority = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=Test Authority")
                    .setIsCertificateAuthority(true)
                    .notBefore(Instant.now().minus(Duration.ofDays(400)))
                    .notAfter(Instant.now().plus(Duration.ofDays(400)))
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for a DNS name, of so many days from now on; 0 or less for one that has ended. */
    public X509Bundle of(String name, int days) {
        return of(days, builder -> dns(builder, name));
    }

    /** Adds a DNS name of whatever characters to the subjectAltName, as its only name. */
    static CertificateBuilder dns(CertificateBuilder builder, String name) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer der = ByteBuffer.allocate(text.length + 4);
        der.put((byte) 0x30)
                .put((byte) (text.length + 2))
                .put((byte) 0x82)
                .put((byte) text.length)
                .put(text);
        return builder.addExtensionOctetString("2.5.29.17", false, der.array());
    }

    public X509Bundle of(int days, UnaryOperator<CertificateBuilder> names) {
        try {
            return names.apply(new CertificateBuilder()
                            .ecp256()
                            .subject("CN=peer")
                            .notBefore(Instant.now().minus(Duration.ofDays(100)))
                            .notAfter(Instant.now().plus(Duration.ofDays(days)).plusSeconds(days > 0 ? 3_600 : -60))
                            .addExtendedKeyUsageServerAuth()
                            .addExtendedKeyUsageClientAuth())
                    .buildIssuedBy(authority);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a peer secures its connections with. */
    public SSLContext context(X509Bundle certificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = certificate.toKeyManagerFactory().getKeyManagers();
            TrustManager[] trust = {authority.toTrustManager()};
            context.init(keys, trust, null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the authority's certificate. */
    public Path trust(Path folder) throws IOException {
        return Files.writeString(folder.resolve("authority.pem"), authority.getCertificatePEM());
    }

    /** Writes a certificate and its key as {@code NAME.pem} and {@code NAME.key}, in place of what is there. */
    public static TlsFiles write(X509Bundle certificate, Path folder, String name) throws IOException {
        return new TlsFiles(
                Files.writeString(folder.resolve(name + ".pem"), certificate.getCertificatePEM()),
                Files.writeString(folder.resolve(name + ".key"), certificate.getPrivateKeyPEM()));
    }
}
