package org.paceline.sip;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * dnsmasq as the name server, on a free port of loopback. Without it installed the test is skipped, and fails where
 * {@code CI=true}.
 *
 * <p>It is started as {@code dnsmasq -k -C /dev/null -p PORT -a 127.0.0.1 -z -R -h --user= …}, with a record an option.
 */
final class DnsmasqRun implements AutoCloseable {

    private final Process process;
    private final int port;

    private DnsmasqRun(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param records options such as {@code --srv-host=_sip._udp.carrier.example,gw1.carrier.example,5060,10,1} */
    static DnsmasqRun with(String... records) throws IOException {
        SippRun.require("dnsmasq", "dnsmasq-base");
        int port = SippRun.freePort();
        String program = Files.isExecutable(Path.of("/usr/sbin/dnsmasq")) ? "/usr/sbin/dnsmasq" : "dnsmasq";
        List<String> command = new ArrayList<>(List.of(program, "-k", "-C", "/dev/null", "-p", String.valueOf(port)));
        command.addAll(List.of("-a", "127.0.0.1", "-z", "-R", "-h", "-u", System.getProperty("user.name"), "-x", ""));
        command.addAll(List.of(records));
        Path log = Files.createTempFile("dnsmasq", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> !process.isAlive() || SippRun.isBound(port));
        if (!process.isAlive()) {
            fail("dnsmasq ended at once:\n" + Files.readString(log));
        }
        return new DnsmasqRun(process, port);
    }

    List<InetSocketAddress> address() {
        return List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
