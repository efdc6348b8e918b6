package org.paceline.sip;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import org.paceline.sip.audio.TestSound;

/**
 * A real softphone that registers with us, answers by itself, says a sound again and again and keeps what it hears. Without the
 * program the test is skipped, and fails where {@code CI=true}.
 */
final class Softphone implements AutoCloseable {

    /** How long the sound lasts that a phone says. */
    private static final int SECONDS = 60;

    private final Process process;
    private final Path folder;

    private Softphone(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * baresip: its configuration in a folder, without a sound card: {@code aufile} plays the sound, {@code sndfile} keeps what
     * comes in; {@code answermode=auto} answers.
     */
    static Softphone baresip(int registrar, String user, String password, short[] says, String... accountParameters)
            throws IOException {
        SippRun.require("baresip", "baresip-core");
        Path folder = Files.createTempDirectory("baresip");
        write(folder.resolve("says.wav"), says);
        Files.writeString(folder.resolve("config"), """
                module_path /usr/lib/baresip/modules
                net_interface 127.0.0.1
                sip_listen 127.0.0.1:0
                rtp_ports 30000-39999
                audio_player aubridge,none
                audio_source aufile,%1$s/says.wav
                audio_alert aubridge,alert
                ausrc_srate 8000
                auplay_srate 8000
                ausrc_channels 1
                auplay_channels 1
                snd_path %1$s
                module_tmp uuid.so
                module_tmp account.so
                module g711.so
                module aufile.so
                module aubridge.so
                module sndfile.so
                module_app menu.so
                """.formatted(folder));
        Files.writeString(
                folder.resolve("accounts"),
                "<sip:%s@127.0.0.1:%d>;auth_pass=%s;regint=60;answermode=auto;audio_codecs=PCMU;%s%n"
                        .formatted(user, registrar, password, String.join(";", accountParameters)));
        Files.writeString(folder.resolve("contacts"), "");
        return start(folder, "baresip", "-f", folder.toString());
    }

    /**
     * linphone: a configuration without a sound card, {@code -a} answers; the files that it plays and keeps are named by commands.
     */
    static Softphone linphone(int registrar, String user, String password, short[] says) throws IOException {
        SippRun.require("linphonec", "linphone-cli");
        Path folder = Files.createTempDirectory("linphone");
        Files.createDirectories(
                folder.resolve(".local/share/linphone")); // for its database, without which it does nothing
        write(folder.resolve("says.wav"), says);
        Files.writeString(folder.resolve("linphonerc"), """
                [sip]
                sip_port=-1
                sip_tcp_port=0
                sip_tls_port=0
                default_proxy=0
                use_ipv6=0
                media_encryption=none
                [rtp]
                audio_rtp_port=-1
                [net]
                nat_policy_ref=none
                [proxy_0]
                reg_proxy=<sip:127.0.0.1:%1$d;transport=udp>
                reg_identity=sip:%2$s@127.0.0.1:%1$d
                reg_expires=60
                reg_sendregister=1
                publish=0
                [auth_info_0]
                username=%2$s
                passwd=%3$s
                realm=paceline
                [audio_codec_0]
                mime=PCMU
                rate=8000
                enabled=1
                [video]
                capture=0
                display=0
                """.formatted(registrar, user, password));
        Softphone phone = start(
                folder, "linphonec", "-a", "-c", folder.resolve("linphonerc").toString());
        phone.type("soundcard use files");
        phone.type("play " + folder.resolve("says.wav"));
        phone.type("record " + folder.resolve("heard.wav"));
        return phone;
    }

    private static Softphone start(Path folder, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile());
        builder.environment().put("HOME", folder.toString());
        return new Softphone(builder.start(), folder);
    }

    /** What it wrote, for failures. */
    String log() {
        try {
            return Files.readString(folder.resolve("log.txt"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void type(String command) throws IOException {
        process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** What it heard, at 8 kHz; the file is whole once the call is over. */
    short[] heard() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(each -> each.getFileName().toString().matches(".*dec\\.wav|heard\\.wav"))
                    .sorted()
                    .findFirst()
                    .orElseGet(() -> fail("nothing was kept:\n" + log()));
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            bytes.position(44);
            short[] samples = new short[bytes.remaining() / 2];
            bytes.asShortBuffer().get(samples);
            return samples;
        }
    }

    private static void write(Path file, short[] samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SECONDS * 8_000 * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.putShort(samples[i % samples.length]);
        }
        TestSound.write(file, new AudioFormat(8_000, 16, 1, true, false), bytes.array());
    }

    /** Quits as its user would: it hangs up and un-registers. */
    void quit() throws IOException {
        if (folder.getFileName().toString().startsWith("linphone")) {
            type("quit");
        } else {
            process.destroy();
        }
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
