package org.paceline.daemon.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.paceline.sip.simulation.SimulatedPhones;

/** The demo's configuration, as files that {@code paceline run} would accept too. */
final class DemoFiles {
    static final long CALLER_ID = 13_055_550_100L;
    static final String CAMPAIGN = "autumn";
    private static final int SAMPLE_RATE = 8_000;

    private final Path folder;

    DemoFiles(Path folder) {
        this.folder = folder;
    }

    /** Returns the token of an agent or the supervisor, for this one demo, on loopback. */
    static String token(String name) {
        return "demo-token-of-" + name;
    }

    Path configFile() {
        return folder.resolve("conf").resolve("paceline.yaml");
    }

    Path log() {
        return folder.resolve("paceline.log");
    }

    void write(DemoOptions options, int carrierPort, SimulatedPhones phones) throws IOException {
        Path campaigns = Files.createDirectories(folder.resolve("conf").resolve("campaigns"));
        Files.write(folder.resolve("conf").resolve("abandoned.wav"), beep());
        Files.writeString(configFile(), node(options, carrierPort, phones));
        Files.writeString(campaigns.resolve(CAMPAIGN + ".yaml"), campaign(options));
    }

    private static String node(DemoOptions options, int carrierPort, SimulatedPhones phones) {
        StringBuilder agents = new StringBuilder();
        for (String name : SimulatedPhones.names(options.agents())) {
            agents.append("  - {name: ").append(name);
            agents.append(", address: \"").append(phones.address(name).uri());
            agents.append("\", token: ").append(token(name)).append("}\n");
        }
        return """
                node: {name: demo, zone: America/New_York, drain-limit: 20s}
                database: {file: ../data/paceline}
                sip: {host: 127.0.0.1, port: 0}
                trunks:
                  - {name: carrier, host: 127.0.0.1, port: %d, channels: 200, calls-per-second: 50, probe-interval: 5s}
                media: {first-port: 30000, last-port: 34999, recordings: ../recordings}
                agents:
                %sapi:
                  port: 0
                  supervisors:
                    - {name: boss, token: %s}
                """.formatted(carrierPort, agents, token("boss"));
    }

    private static String campaign(DemoOptions options) {
        String pacing = switch (options.pacing()) {
            case RATIO -> "{mode: ratio, lines-per-agent: 1.6, max-lines: 200}";
            case PREDICTIVE -> "{mode: predictive, max-lines: 200}";
            case PROGRESSIVE -> "{mode: progressive, max-lines: 200}";
        };
        return """
                name: %s
                approval: {state: running, by: paceline demo}
                policies: [us-federal, uk-ofcom, au]
                caller-id: "+%d"
                caller-ids: ["+13055550100..+13055550109"]
                trunks: [carrier]
                pacing: %s
                ring-limit: 15s
                wrap-up: 5s
                retries: {max-attempts: 2}
                recording: always
                abandonment-message: ../abandoned.wav
                caps: {rolling: [1 in 24h]}
                """.formatted(CAMPAIGN, CALLER_ID, pacing);
    }

    /** Returns a second of 440 Hz; it stands for the spoken message that a real campaign has. */
    private static byte[] beep() {
        ByteBuffer wav = ByteBuffer.allocate(44 + SAMPLE_RATE * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF"))
                .putInt(36 + SAMPLE_RATE * 2)
                .put(ascii("WAVEfmt "))
                .putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * 2);
        wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(SAMPLE_RATE * 2);
        for (int i = 0; i < SAMPLE_RATE; i++) {
            wav.putShort((short) (6_000 * Math.sin(2 * Math.PI * 440 * i / SAMPLE_RATE)));
        }
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
