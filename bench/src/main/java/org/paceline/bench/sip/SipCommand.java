package org.paceline.bench.sip;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.report.Budget;
import org.paceline.bench.report.Chart;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paceline-bench sip}. */
@Command(
        name = "sip",
        description =
                "Calls any SIP peer over UDP with the production client, in an open loop, and hangs up after the hold:"
                        + " attempts, answers, failures, setup latency, CPU per call.")
public final class SipCommand extends MeasuringCommand {
    private static final double MILLIS = 1e6;

    /** The most calls of a run, more than one machine's loopback takes; a guard against a slip of the finger. */
    private static final int MAX_CALLS = 2_000_000;

    /** T1: an INVITE that has no response after that is sent again (RFC 3261 §17.1.1.1). */
    private static final long T1_NANOS = 500_000_000;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The peer, for example sipp -sn uas.")
    private String to = "";

    @Option(names = "--rate", required = true, description = "Attempts a second.")
    private double rate;

    @Option(names = "--seconds", required = true, description = "For so long.")
    private int seconds;

    @Option(names = "--hold", required = true, paramLabel = "MS", description = "From answer to hang-up, milliseconds.")
    private long hold;

    @Option(
            names = "--warmup",
            description = "Seconds of calls before that are not measured. Default: ${DEFAULT-VALUE}")
    private int warmUp = 10;

    @Option(names = "--beside-sipp", description = "Afterwards run sipp -sn uac with the same load on the same peer.")
    private boolean besideSipp;

    @Option(names = "--allow-remote", description = "Call a peer that is not on this machine.")
    private boolean allowRemote;

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        LoadSettings settings = settings();
        if (besideSipp) {
            SippClient.require();
        }
        CallLoad.Result ours = new CallLoad(settings).run(progress);
        SippClient.Result sipps = null;
        if (besideSipp) {
            progress.printf(Locale.ROOT, "sipp: the same %,d calls by sipp -sn uac%n", settings.calls());
            progress.flush();
            sipps = SippClient.run(settings);
        }
        return findings(settings, ours, sipps);
    }

    private LoadSettings settings() throws IOException {
        require("--rate", rate, 1, 100_000);
        require("--seconds", seconds, 1, 3_600);
        require("--hold", (double) hold, 0, 600_000);
        require("--warmup", warmUp, 0, 600);
        if (rate * seconds > MAX_CALLS) {
            throw wrongUse("--rate times --seconds: must be at most " + MAX_CALLS + " calls");
        }
        InetSocketAddress peer;
        try {
            peer = PeerArgument.parse(to);
        } catch (IllegalArgumentException e) {
            throw wrongUse(String.valueOf(e.getMessage()));
        }
        if (!peer.getAddress().isLoopbackAddress() && !allowRemote) {
            throw wrongUse("--to=" + to + ": is not on this machine, and load on somebody else's is an attack;"
                    + " if the peer is yours, add --allow-remote");
        }
        return new LoadSettings(peer, PeerArgument.localHost(peer), rate, seconds, warmUp, hold);
    }

    private static Report.Findings findings(
            LoadSettings settings, CallLoad.Result ours, SippClient.@Nullable Result sipps) {
        Calls calls = ours.calls();
        Histogram setup = calls.setup().total();
        double cpuMicros = ours.cpuNanos() / 1e3 / Math.max(1, calls.attempts());
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("attempts", "attempts", (double) calls.attempts(), ""));
        figures.add(Figure.of("attemptsPerSecond", "attempts a second", calls.attempts() / ours.dialSeconds(), "/s"));
        figures.add(Figure.of("answered", "answered", (double) calls.answered(), ""));
        figures.add(Figure.of("failed", "failed", (double) calls.failed(), "").within(Budget.atMost(0)));
        calls.failures()
                .forEach((outcome, count) ->
                        figures.add(Figure.of("failed." + outcome, "failed: " + outcome, (double) count, "")));
        figures.add(Figure.of("brokenOff", "answered, ended by the peer or an error", (double) calls.brokenOff(), ""));
        figures.add(Figure.of(
                        "unended",
                        "without an end after all time-outs",
                        (double) (calls.attempts() - calls.ended()),
                        "")
                .within(Budget.atMost(0)));
        figures.add(Figure.of("setup.p50", "planned INVITE → 200, p50", millis(setup, 50), "ms"));
        figures.add(Figure.of("setup.p99", "planned INVITE → 200, p99", millis(setup, 99), "ms"));
        figures.add(Figure.of("setup.p999", "planned INVITE → 200, p99.9", millis(setup, 99.9), "ms"));
        figures.add(Figure.of("setup.max", "planned INVITE → 200, longest", millis(setup, 100), "ms"));
        figures.add(Figure.of(
                "setup.overT1",
                "answers later than T1 (500 ms)",
                (double) setup.getCountBetweenValues(T1_NANOS, setup.getHighestTrackableValue()),
                ""));
        figures.add(Figure.of("lateAnswers", "answers after we had given up", (double) calls.answeredLate(), ""));
        counters(ours.counters(), figures);
        figures.add(Figure.of("cpuPerCall", "CPU a call", cpuMicros, "µs"));
        if (sipps != null) {
            compare(sipps, cpuMicros, figures);
        }
        return new Report.Findings(
                headline(settings, calls, setup, cpuMicros, sipps), figures, charts(ours, setup), notes(settings));
    }

    private static void counters(Map<String, Long> counters, List<Figure> figures) {
        for (String name :
                List.of("retransmitted_answers", "stray_responses", "malformed_messages", "overload_drops")) {
            figures.add(Figure.of(
                    "sip." + name,
                    "SIP: " + name.replace('_', ' '),
                    counters.getOrDefault(name, 0L).doubleValue(),
                    ""));
        }
    }

    private static void compare(SippClient.Result sipps, double cpuMicros, List<Figure> figures) {
        double theirMicros = cpuMicros(sipps);
        figures.add(Figure.of("sipp.attempts", "sipp: attempts", (double) sipps.attempts(), ""));
        figures.add(Figure.of("sipp.failed", "sipp: failed", (double) sipps.failed(), ""));
        figures.add(Figure.of("sipp.cpuPerCall", "sipp: CPU a call", theirMicros, "µs"));
        figures.add(Figure.of("cpuRatio", "CPU a call, times sipp's", cpuMicros / theirMicros, "×")
                .within(Budget.atMost(4)));
    }

    private static double cpuMicros(SippClient.Result sipps) {
        return sipps.cpuNanos() / 1e3 / Math.max(1, sipps.attempts());
    }

    private static String headline(
            LoadSettings settings, Calls calls, Histogram setup, double cpuMicros, SippClient.@Nullable Result sipps) {
        String beside = sipps == null
                ? ""
                : String.format(
                        Locale.ROOT, " (sipp: %.0f µs, %.1f ×)", cpuMicros(sipps), cpuMicros / cpuMicros(sipps));
        return String.format(
                Locale.ROOT,
                "sip: %,d attempts at %.0f/s: %,d answered, %,d failed; setup p50 %.1f ms, p99 %.1f ms; CPU %.0f µs a call%s",
                calls.attempts(),
                settings.perSecond(),
                calls.answered(),
                calls.failed(),
                millis(setup, 50),
                millis(setup, 99),
                cpuMicros,
                beside);
    }

    private static List<Chart> charts(CallLoad.Result ours, Histogram setup) {
        return List.of(
                Chart.ofPercentiles("Planned INVITE → 200", "ms", MILLIS, List.of("from planned time"), List.of(setup)),
                Chart.bySecond(
                        "Planned INVITE → 200, second by second",
                        "ms",
                        true,
                        List.of(
                                Chart.seconds("p50", ours.calls().setup().p50(MILLIS)),
                                Chart.seconds("p99", ours.calls().setup().p99(MILLIS)),
                                Chart.seconds("longest", ours.calls().setup().max(MILLIS)))),
                Chart.bySecond(
                        "Calls",
                        "calls/s",
                        false,
                        List.of(
                                Chart.seconds("attempts", ours.attemptsBySecond()),
                                Chart.seconds("ended", ours.endedBySecond()))),
                Chart.bySecond(
                        "CPU of this process",
                        "% of a core",
                        false,
                        List.of(Chart.seconds("CPU", ours.cpuBySecond()))));
    }

    private static List<String> notes(LoadSettings settings) {
        return List.of(
                "The production client without the engine: SIP over UDP with an RTP port bound for each call, to "
                        + settings.peerText() + ", held " + settings.holdMillis()
                        + " ms. Setup counts from the planned time of the attempt, so a client that cannot keep up shows.",
                "CPU is that of the whole process from the first measured attempt to the end of the last call, compilers and"
                        + " garbage collector included, over attempts. SIPp's is its user and system time over its attempts;"
                        + " it binds no media port for a call.");
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / MILLIS;
    }
}
