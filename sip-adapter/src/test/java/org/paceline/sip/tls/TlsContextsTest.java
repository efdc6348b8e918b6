package org.paceline.sip.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.sip.tls.TlsTerms.Check;

class TlsContextsTest {

    @TempDir
    private Path folder;

    private final TestCertificates authority = new TestCertificates();

    private TlsContexts contexts(TlsFiles own) throws IOException {
        return new TlsContexts(
                new TlsServer(own, null),
                List.of(new TlsTerms(authority.trust(folder), own, Check.FULL)),
                Clock.systemUTC());
    }

    @Test
    void shouldTakeUpANewCertificate() throws IOException {
        TlsFiles files = TestCertificates.write(authority.of("a.example", 50), folder, "own");
        TlsContexts contexts = contexts(files);
        Object before = contexts.server();
        contexts.refresh();
        assertThat(contexts.server()).isSameAs(before);
        TestCertificates.write(authority.of("longer.example", 90), folder, "own");
        contexts.refresh();

        assertThat(contexts.server()).isNotSameAs(before);
        assertThat(contexts.certificates()).singleElement().matches(own -> own.daysLeft() == 90);
    }

    @Test
    void shouldKeepTheCertificateWhenTheNewFileIsBroken() throws IOException {
        TlsFiles files = TestCertificates.write(authority.of("a.example", 50), folder, "own");
        TlsContexts contexts = contexts(files);
        Object before = contexts.server();
        Files.writeString(files.certificate(), "nothing");
        contexts.refresh();

        assertThat(contexts.server()).isSameAs(before);
        assertThat(contexts.certificates())
                .singleElement()
                .matches(own -> own.daysLeft() == 50)
                .matches(own -> (files.certificate()
                                + " has no certificate: must be PEM, with -----BEGIN CERTIFICATE-----")
                        .equals(own.problem()));
    }

    @Test
    void shouldRefuseAKeyOfAnotherCertificate() throws IOException {
        TlsFiles files = TestCertificates.write(authority.of("a.example", 50), folder, "own");
        TlsFiles other = TestCertificates.write(authority.of("b.example", 50), folder, "other");

        assertThatExceptionOfType(TlsException.class)
                .isThrownBy(() -> contexts(new TlsFiles(files.certificate(), other.key())))
                .withMessage("key " + other.key() + " does not belong to the first certificate in "
                        + files.certificate() + " (CN=peer)");
    }

    @Test
    void shouldSayHowAKeyIsMadeReadable() throws IOException {
        TlsFiles files = TestCertificates.write(authority.of("a.example", 50), folder, "own");
        Files.writeString(files.key(), Files.readString(files.key()).replace("BEGIN PRIVATE", "BEGIN EC PRIVATE"));

        assertThatExceptionOfType(TlsException.class)
                .isThrownBy(() -> contexts(files))
                .withMessageContaining("is EC: must be PKCS #8")
                .withMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + files.key());
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        Path missing = folder.resolve("missing.pem");

        assertThatExceptionOfType(TlsException.class)
                .isThrownBy(() -> contexts(new TlsFiles(missing, missing)))
                .withMessage("certificate file " + missing + " does not exist");
    }
}
