package org.paceline.bench.sip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.paceline.bench.measure.BenchException;

/** SIPp's own client, {@code sipp -sn uac}, on the same peer with the same load, for comparison. Thread: any. */
final class SippClient {
    /**
     * Runs the command that follows and prints, as the last line, the CPU time of that command: {@code 0m1.230000s
     * 0m0.450000s}.
     */
    private static final String TIMED = "\"$@\" >/dev/null 2>&1 </dev/null; code=$?; times; exit $code";

    private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s\\s+(\\d+)m([\\d.]+)s");
    private static final long LAST_END_SECONDS = 45;

    private SippClient() {}

    /** @param cpuNanos CPU time of SIPp alone, user and system */
    record Result(long attempts, long successful, long failed, long cpuNanos) {}

    /** Throws before a long run whose results could not be compared. */
    static void require() throws BenchException {
        try {
            Process version = new ProcessBuilder("sipp", "-v")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            version.waitFor();
        } catch (IOException e) {
            throw new BenchException(
                    "sipp is not on the path: install it (Debian: sip-tester) or leave --beside-sipp out", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    static Result run(LoadSettings load) throws IOException, BenchException, InterruptedException {
        Path statistics = Files.createTempFile("paceline-bench-sipp", ".csv");
        try {
            long bound = load.seconds() + load.holdMillis() / 1_000 + LAST_END_SECONDS;
            Process shell = new ProcessBuilder(command(load, statistics, bound))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(bound + LAST_END_SECONDS, TimeUnit.SECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
                throw new BenchException("sipp did not end within " + (bound + LAST_END_SECONDS) + " s");
            }
            String times = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return result(Files.readAllLines(statistics), childCpuNanos(times), shell.exitValue());
        } finally {
            Files.deleteIfExists(statistics);
        }
    }

    private static List<String> command(LoadSettings load, Path statistics, long boundSeconds) {
        return List.of(
                "sh",
                "-c",
                TIMED,
                "sh",
                "sipp",
                load.peerText(),
                "-sn",
                "uac",
                "-i",
                load.localHost(),
                "-r",
                String.format(Locale.ROOT, "%.0f", load.perSecond()),
                "-m",
                Integer.toString(load.calls()),
                "-d",
                Long.toString(load.holdMillis()),
                "-l",
                Integer.toString(load.calls()),
                "-nostdin",
                "-timeout",
                boundSeconds + "s",
                "-trace_stat",
                "-stf",
                statistics.toString(),
                "-fd",
                "1");
    }

    /** Returns the second of the two lines of {@code times}: user and system time of the children. */
    static long childCpuNanos(String times) throws BenchException {
        List<String> lines = times.strip().lines().toList();
        Matcher last = TIMES.matcher(lines.isEmpty() ? "" : lines.getLast());
        if (!last.find()) {
            throw new BenchException("the shell's times command said nothing of sipp's CPU time: " + times.strip());
        }
        return nanos(last.group(1), last.group(2)) + nanos(last.group(3), last.group(4));
    }

    private static long nanos(String minutes, String seconds) {
        return Math.round((Long.parseLong(minutes) * 60 + Double.parseDouble(seconds)) * 1e9);
    }

    /** Reads SIPp's statistics: a line of names, then lines of values, the last one at its end. */
    static Result result(List<String> lines, long cpuNanos, int exitCode) throws BenchException {
        if (lines.size() < 2) {
            throw new BenchException("sipp ended with code " + exitCode + " before it made a call");
        }
        List<String> names = List.of(lines.getFirst().split(";"));
        List<String> values = List.of(lines.getLast().split(";"));
        return new Result(
                value(names, values, "TotalCallCreated"),
                value(names, values, "SuccessfulCall(C)"),
                value(names, values, "FailedCall(C)"),
                cpuNanos);
    }

    private static long value(List<String> names, List<String> values, String name) throws BenchException {
        int at = names.indexOf(name);
        if (at < 0 || at >= values.size()) {
            throw new BenchException("sipp's statistics have no column " + name);
        }
        return Long.parseLong(values.get(at));
    }
}
