package org.paceline.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script with JDKs that only say what they were called with. */
class LauncherTest {
    @TempDir
    private Path folder;

    private Path launcher;

    @BeforeEach
    void install() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("home/bin"));
        launcher = Files.copy(Path.of("src/dist/bin/paceline"), bin.resolve("paceline"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(folder.resolve("jvm"));
        Files.createDirectories(folder.resolve("path"));
        for (String tool : new String[] {"sed", "dirname", "basename", "readlink", "sh"}) {
            script(folder.resolve("path").resolve(tool), "exec " + tool(tool) + " \"$@\"");
        }
    }

    private static Path tool(String name) {
        Path usual = Path.of("/usr/bin", name);
        return Files.exists(usual) ? usual : Path.of("/bin", name);
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Path jdk(String where, int release) throws IOException {
        Path jdk = folder.resolve(where);
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        script(java, "echo " + where + " \"$@\"");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + release + ".0.1\"\n");
        return jdk;
    }

    private record Result(int code, String text) {}

    private Result run(Path script, Map<String, String> environment) throws IOException, InterruptedException {
        return run(script, environment, "check", "a b");
    }

    private Result run(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(script.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("path").toString());
        builder.environment().put("PACELINE_JVM_FOLDER", folder.resolve("jvm").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), text);
    }

    @Test
    void shouldPreferTheBundledRuntime() throws Exception {
        jdk("home/runtime", 25);
        Path other = jdk("other", 25);
        Result result = run(launcher, Map.of("JAVA_HOME", other.toString(), "JAVA_OPTS", "-Xmx1g -Da=b"));
        assertThat(result.text())
                .startsWith(
                        "home/runtime -XX:+UseParallelGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED"
                                + " --sun-misc-unsafe-memory-access=allow -Dpaceline.home=" + folder.resolve("home"))
                .contains("-Xmx1g -Da=b -cp")
                .endsWith("org.paceline.daemon.cli.Paceline check a b\n");
    }

    @Test
    void shouldRunTheDaemonWithoutLongPausesAndCommandsWithLittleWork() throws Exception {
        jdk("jvm/jdk-25", 25);
        for (String daemon : List.of("run", "demo")) {
            assertThat(run(launcher, Map.of(), daemon).text()).contains(" -XX:+UseZGC ");
        }
        assertThat(run(launcher, Map.of(), "leads", "import", "run").text()).contains(" -XX:+UseParallelGC ");
    }

    @Test
    void shouldPassOverAJavaHomeThatIsTooOld() throws Exception {
        Path old = jdk("old", 17);
        jdk("jvm/jdk-21", 21);
        jdk("jvm/temurin-26", 26);
        assertThat(run(launcher, Map.of("JAVA_HOME", old.toString())).text()).startsWith("jvm/temurin-26 ");
    }

    @Test
    void shouldTakeTheJavaOnThePathWhenItIsNewEnough() throws Exception {
        Path java = jdk("somewhere", 25).resolve("bin/java");
        Files.createSymbolicLink(folder.resolve("path/java"), java);
        jdk("jvm/jdk-26", 26);
        assertThat(run(launcher, Map.of()).text()).startsWith("somewhere ");
    }

    @Test
    void shouldWorkThroughASymbolicLink() throws Exception {
        jdk("jvm/jdk-25", 25);
        Path link = Files.createSymbolicLink(folder.resolve("paceline-link"), Path.of("home/bin/paceline"));
        assertThat(run(link, Map.of()).text()).contains("-Dpaceline.home=" + folder.resolve("home") + " ");
    }

    @Test
    void shouldSayWhatToInstall() throws Exception {
        jdk("jvm/jdk-21", 21);
        Result result = run(launcher, Map.of());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.text().lines())
                .containsExactly("paceline: no JDK of release 25 or later found: install one"
                        + " (Debian: temurin-25-jdk or openjdk-25-jre-headless) or set JAVA_HOME to it");
    }
}
