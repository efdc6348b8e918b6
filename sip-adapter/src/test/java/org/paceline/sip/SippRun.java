package org.paceline.sip;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A bounded run of SIPp on a free loopback port. Without SIPp installed the test is skipped, and fails where
 * {@code CI=true}.
 */
public final class SippRun implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 60;
    private static final int START_TRIES = 5;
    /** SIPp binds its media port and the one two above; where it cannot, it ends. */
    private static final int MEDIA_PORT_STEP = 2;
    /** Remote address and state of a listening socket in {@code /proc/net/tcp}. */
    private static final String LISTENING = " 00000000:0000 0A ";

    private final Process process;
    private final int port;
    private final int mediaPort;
    private final Path folder;

    private SippRun(Process process, int port, int mediaPort, Path folder) {
        this.process = process;
        this.port = port;
        this.mediaPort = mediaPort;
        this.folder = folder;
    }

    /** Plays {@code sipp/NAME.xml} as the called side, for so many calls. */
    public static SippRun scenario(String name, int calls, String... options) {
        try {
            Path file =
                    Path.of(SippRun.class.getResource("/sipp/" + name + ".xml").toURI());
            return start(calls, List.of("-sf", file.toString()), options);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Refuses one call with the status line and one more header. */
    public static SippRun refusing(String statusLine, String header) {
        return filledIn("refuse", Map.of("@STATUS@", statusLine, "@HEADER@", header));
    }

    /**
     * Refuses so many calls as busy when their INVITEs fit the regular expressions (POSIX extended).
     *
     * @param headers of the lines between From and the body
     * @param absent must fit nothing in the whole message
     */
    public static SippRun expecting(
            int calls, String requestUri, String to, String from, String headers, String absent, String... options) {
        return filledIn(
                calls,
                "identity",
                Map.of(
                        "@REQUEST@", escaped("^INVITE " + requestUri + " SIP/2.0"),
                        "@TO@", escaped(to),
                        "@FROM@", escaped(from),
                        "@HEADERS@", escaped(headers),
                        "@ABSENT@", escaped(absent)),
                options);
    }

    private static String escaped(String regex) {
        return regex.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Answers one call and plays it a file of µ-law without a header. */
    public static SippRun greeting(Path sound) {
        return filledIn("greets", Map.of("@SOUND@", sound.toString()));
    }

    private static SippRun filledIn(String name, Map<String, String> values) {
        return filledIn(1, name, values);
    }

    private static SippRun filledIn(int calls, String name, Map<String, String> values, String... options) {
        try (InputStream template = SippRun.class.getResourceAsStream("/sipp/" + name + ".xml")) {
            String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace(value.getKey(), value.getValue());
            }
            Path file = Files.writeString(Files.createTempFile(name, ".xml"), text);
            return start(calls, List.of("-sf", file.toString()), options);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIPp's built-in {@code uas}. */
    public static SippRun uas(int calls, String... options) {
        return start(calls, List.of("-sn", "uas"), options);
    }

    public int port() {
        return port;
    }

    /** Waits until all calls are over; fails with SIPp's output when one of them went otherwise than the scenario. */
    public void awaitSuccess() {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS + 10, TimeUnit.SECONDS)) {
                fail("sipp did not end:\n" + tail());
            }
            if (process.exitValue() != 0) {
                fail("sipp exit code " + process.exitValue() + ":\n" + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static SippRun start(int calls, List<String> what, String... options) {
        require("sipp", "sip-tester");
        try {
            for (int tries = 1; ; tries++) {
                SippRun run = launch(calls, what, options);
                if (run.isListening()) {
                    return run;
                }
                // One of its ports was taken between being found free and being bound.
                if (tries == START_TRIES) {
                    throw new IllegalStateException("sipp ended at once:\n" + run.tail());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("sipp could not be started: " + e.getMessage(), e);
        }
    }

    private static SippRun launch(int calls, List<String> what, String... options) throws IOException {
        int port = freePort();
        int mediaPort = freeMediaPort(port);
        Path folder = Files.createTempDirectory("sipp");
        List<String> command = new ArrayList<>(List.of("sipp"));
        command.addAll(what);
        boolean isV6 = List.of(options).contains("[::1]");
        command.addAll(isV6 ? List.of() : List.of("-i", "127.0.0.1"));
        command.addAll(List.of("-p", String.valueOf(port), "-m", String.valueOf(calls)));
        command.addAll(List.of("-timeout", TIMEOUT_SECONDS + "s", "-timeout_error", "-nostdin", "-trace_err"));
        command.addAll(List.of("-mp", String.valueOf(mediaPort)));
        command.addAll(Arrays.asList(options));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        return new SippRun(process, port, mediaPort, folder);
    }

    /** Waits until its sockets are bound, the last of them its second media port; false when it ended instead. */
    private boolean isListening() {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> !process.isAlive() || (isBound(port) && isBound(mediaPort + MEDIA_PORT_STEP)));
        return process.isAlive();
    }

    /** Skips the test where a program is not installed; fails it where {@code CI=true}. */
    static void require(String program, String debianPackage) {
        boolean there = Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there && "true".equals(System.getenv("CI"))) {
            fail(program + " is not installed: apt-get install " + debianPackage);
        }
        assumeTrue(there, "skipped: " + program + " is not installed (apt-get install " + debianPackage + ")");
    }

    /** A UDP port of the loopback address that is free now. */
    public static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }

    /** One whose second is free too, and neither of which is the SIP port. */
    private static int freeMediaPort(int sipPort) throws IOException {
        while (true) {
            int port = freePort();
            if (port != sipPort && port + MEDIA_PORT_STEP != sipPort && !isBound(port + MEDIA_PORT_STEP)) {
                return port;
            }
        }
    }

    /** Whether somebody has the port, by UDP or as one to connect to. */
    static boolean isBound(int port) throws IOException {
        String hex = String.format(Locale.ROOT, ":%04X ", port);
        return Files.readString(Path.of("/proc/net/udp")).contains(hex)
                || Files.readString(Path.of("/proc/net/udp6")).contains(hex)
                || Files.readString(Path.of("/proc/net/tcp"))
                        .lines()
                        .anyMatch(line -> line.contains(hex) && line.contains(LISTENING));
    }

    private String tail() {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String all = Files.readString(file);
                text.append(file).append(":\n").append(all.substring(Math.max(0, all.length() - 4_000)));
            }
        } catch (IOException e) {
            text.append(e);
        }
        return text.toString();
    }
}
