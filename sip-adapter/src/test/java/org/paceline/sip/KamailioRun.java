package org.paceline.sip;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TlsFiles;

/**
 * Kamailio as a carrier on a free loopback port: it wants {@code acct1} to be registered at {@code carrier.example}, and
 * the password for REGISTER, INVITE and BYE. Without Kamailio installed the test is skipped, and fails where
 * {@code CI=true}.
 *
 * <p>It is started as {@code kamailio -DD -E -f FILE -Y FOLDER -w FOLDER}, with {@code kamailio.cfg} filled in.
 */
final class KamailioRun implements AutoCloseable {
    static final String PASSWORD = "secret-word";
    private static final int START_TRIES = 5;

    private final Process process;
    private final int port;
    private final Path log;

    private KamailioRun(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * @param algorithm of its challenges, as its module {@code auth} names it; empty for MD5
     * @param calleePort where it passes calls on to
     */
    static KamailioRun carrier(String algorithm, int calleePort) throws IOException {
        return carrier(algorithm, calleePort, Transport.UDP, null);
    }

    /**
     * Does the same by another transport; what it passes on goes by UDP.
     *
     * @param certificate what it shows, for TLS
     */
    static KamailioRun carrier(String algorithm, int calleePort, Transport transport, @Nullable TlsFiles certificate)
            throws IOException {
        SippRun.require("kamailio", "kamailio");
        requireTls(certificate);
        for (int tries = 1; ; tries++) {
            KamailioRun run = launch(algorithm, calleePort, transport, certificate);
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> !run.process.isAlive() || SippRun.isBound(run.port));
            if (run.process.isAlive()) {
                return run;
            }
            if (tries == START_TRIES) {
                fail("kamailio ended at once:\n" + Files.readString(run.log));
            }
        }
    }

    private static void requireTls(@Nullable TlsFiles certificate) throws IOException {
        boolean isThere = certificate == null;
        for (Path root : List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"))) {
            if (!isThere && Files.isDirectory(root)) {
                try (Stream<Path> files = Files.find(root, 4, (file, _) -> file.endsWith("modules/tls.so"))) {
                    isThere = files.findAny().isPresent();
                }
            }
        }
        if (!isThere && "true".equals(System.getenv("CI"))) {
            fail("kamailio's tls module is not installed: apt-get install kamailio-tls-modules");
        }
        assumeTrue(isThere, "skipped: kamailio-tls-modules is not installed");
    }

    private static String listen(int port, Transport transport) {
        String udp = "listen=udp:127.0.0.1:" + port;
        return switch (transport) {
            case UDP -> "disable_tcp=yes\n" + udp;
            case TCP -> "tcp_children=1\nlisten=tcp:127.0.0.1:" + port + "\n" + udp;
            case TLS -> "enable_tls=yes\ntcp_children=1\nlisten=tls:127.0.0.1:" + port + "\n" + udp;
        };
    }

    private static String tls(@Nullable TlsFiles certificate) {
        return certificate == null ? "" : """
                loadmodule "tls.so"
                modparam("tls", "tls_method", "TLSv1.2+")
                modparam("tls", "certificate", "%s")
                modparam("tls", "private_key", "%s")
                """.formatted(certificate.certificate(), certificate.key());
    }

    private static KamailioRun launch(
            String algorithm, int calleePort, Transport transport, @Nullable TlsFiles certificate) throws IOException {
        int port = SippRun.freePort();
        Path folder = Files.createTempDirectory("kamailio");
        Path file = folder.resolve("kamailio.cfg");
        try (InputStream template = KamailioRun.class.getResourceAsStream("/kamailio.cfg")) {
            Files.writeString(
                    file,
                    new String(template.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("@LISTEN@", listen(port, transport))
                            .replace("@TLS@", tls(certificate))
                            .replace("@CALLEE@", String.valueOf(calleePort))
                            .replace("@ALGORITHM@", algorithm)
                            .replace("@PASSWORD@", PASSWORD));
        }
        Path log = folder.resolve("log.txt");
        String program = Files.isExecutable(Path.of("/usr/sbin/kamailio")) ? "/usr/sbin/kamailio" : "kamailio";
        Process process = new ProcessBuilder(List.of(
                        program, "-DD", "-E", "-f", file.toString(), "-Y", folder.toString(), "-w", folder.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new KamailioRun(process, port, log);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy(); // its children end with it
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
