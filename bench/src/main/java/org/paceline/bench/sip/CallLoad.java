package org.paceline.bench.sip;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.measure.Pace;
import org.paceline.bench.measure.Progress;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.port.EventSink;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;
import org.paceline.sip.SipSettings;
import org.paceline.sip.SipTelephony;
import org.paceline.sip.media.MediaSettings;
import org.paceline.sip.trunk.TrunkAddress;

/**
 * Makes calls with the production client in an open loop: one call to see that the peer is there, then those of the
 * warm-up, then the measured ones.
 *
 * <p>Thread: {@link #run} one at a time.
 */
final class CallLoad {
    private static final TrunkId TRUNK = new TrunkId("peer");
    private static final CampaignId CAMPAIGN = new CampaignId("bench");
    private static final long CALLER_ID = 12_025_550_100L;
    private static final long FIRST_NUMBER = 13_052_000_000L;
    private static final int NUMBERS = 8_000_000;
    private static final long RING_LIMIT_MILLIS = 20_000;

    /**
     * How long the last calls may take to end. Timers B and F of RFC 3261 §17.1 are 32 s; everything that waits for
     * them ends within this time.
     */
    private static final long LAST_END_SECONDS = 45;

    private static final long FIRST_ANSWER_SECONDS = 8;

    private final LoadSettings settings;
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<Double> attemptsBySecond = new ArrayList<>();
    private final List<Double> endedBySecond = new ArrayList<>();
    private final List<Double> cpuBySecond = new ArrayList<>();
    private volatile EventSink current = new Ignoring();
    private long nextId = 1;
    private long attemptsSeen;
    private long endedSeen;
    private long cpuSeenNanos;

    CallLoad(LoadSettings settings) {
        this.settings = settings;
    }

    /**
     * The measured values.
     *
     * @param cpuNanos CPU time of the whole process, from the first measured attempt to the end of the last call
     * @param dialSeconds how long placing the attempts took
     * @param counters counters of the SIP client, for the measured calls alone
     */
    record Result(
            Calls calls,
            long cpuNanos,
            double dialSeconds,
            Map<String, Long> counters,
            List<Double> attemptsBySecond,
            List<Double> endedBySecond,
            List<Double> cpuBySecond) {}

    private static final class Ignoring implements EventSink {
        @Override
        public void publish(Event event) {}

        @Override
        public boolean offer(Event event) {
            return true;
        }
    }

    /** Passes events to the calls being made now. */
    private final class Switch implements EventSink {
        @Override
        public void publish(Event event) {
            current.publish(event);
        }

        @Override
        public boolean offer(Event event) {
            return current.offer(event);
        }
    }

    Result run(PrintWriter out) throws IOException, BenchException, InterruptedException {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("bench-hold").factory());
                SipTelephony sip = new SipTelephony(sipSettings(), new Switch())) {
            sip.start();
            firstCall(sip, clock);
            if (settings.warmUpCalls() > 0) {
                out.printf(
                        Locale.ROOT,
                        "sip: warming up with %,d calls for %d s%n",
                        settings.warmUpCalls(),
                        settings.warmUpSeconds());
                out.flush();
                Calls warmUp = calls(settings.warmUpCalls(), settings.holdMillis(), clock, sip);
                dial(warmUp, settings.warmUpCalls(), sip);
                awaitEnds(warmUp);
            }
            Result result = measured(sip, clock, out);
            clock.shutdownNow();
            return result;
        }
    }

    private Result measured(SipTelephony sip, ScheduledExecutorService clock, PrintWriter out)
            throws InterruptedException {
        Map<String, Long> before = sip.counters();
        Calls calls = calls(settings.calls(), settings.holdMillis(), clock, sip);
        long cpuBefore = system.getProcessCpuTime();
        cpuSeenNanos = cpuBefore;
        double dialSeconds;
        try (Progress _ = Progress.start(out, second -> line(second, calls))) {
            dialSeconds = dial(calls, settings.calls(), sip);
            awaitEnds(calls);
        }
        long cpu = system.getProcessCpuTime() - cpuBefore;
        Map<String, Long> counters = new TreeMap<>(sip.counters());
        before.forEach((name, count) -> counters.merge(name, -count, Long::sum));
        return new Result(calls, cpu, dialSeconds, counters, attemptsBySecond, endedBySecond, cpuBySecond);
    }

    private SipSettings sipSettings() {
        return new SipSettings(
                settings.localHost(),
                null,
                0,
                "paceline-bench",
                settings.localHost(),
                List.of(),
                List.of(new TrunkAddress(
                        TRUNK,
                        settings.peer().getAddress().getHostAddress(),
                        settings.peer().getPort(),
                        TrunkAddress.Probe.CALLS,
                        60_000)),
                new MediaSettings(0, 0, null, 0));
    }

    private Calls calls(int count, long holdMillis, ScheduledExecutorService clock, SipTelephony sip) {
        Calls calls = new Calls(nextId, count, holdMillis, clock, sip);
        nextId += count;
        current = calls;
        return calls;
    }

    /** Makes the first call, so that a peer that is not there shows at once, not in a minute of time-outs. */
    private void firstCall(SipTelephony sip, ScheduledExecutorService clock)
            throws BenchException, InterruptedException {
        Calls one = calls(1, 0, clock, sip);
        dial(one, 1, sip);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FIRST_ANSWER_SECONDS);
        while (one.ringing() + one.answered() + one.ended() == 0 && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        boolean silent = one.ringing() + one.answered() + one.ended() == 0;
        if (silent || one.failures().containsKey(Outcome.TRUNK_FAILED)) {
            throw new BenchException("nothing answers SIP over UDP at " + settings.peerText()
                    + ": start a peer there, for example sipp -sn uas -p "
                    + settings.peer().getPort());
        }
        awaitEnds(one);
    }

    private double dial(Calls calls, int count, SipTelephony sip) throws InterruptedException {
        Pace pace = new Pace(System.nanoTime(), settings.perSecond());
        for (int i = 0; i < count; i++) {
            long planned = pace.plannedNanos(i);
            Pace.sleepUntil(planned);
            sip.dial(calls.begin(i, planned), order(i));
        }
        Pace.sleepUntil(pace.plannedNanos(count));
        return (System.nanoTime() - pace.startNanos()) / 1e9;
    }

    private static DialOrder order(int index) {
        PhoneNumber number = new PhoneNumber(
                FIRST_NUMBER + index % NUMBERS, "US", NumberKind.FIXED_LINE_OR_MOBILE, List.of(ZoneOffset.UTC));
        return new DialOrder(
                number, TRUNK, CALLER_ID, RING_LIMIT_MILLIS, false, RecordingDirective.NEVER, null, CAMPAIGN);
    }

    private void awaitEnds(Calls calls) throws InterruptedException {
        long deadline = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(settings.holdMillis())
                + TimeUnit.SECONDS.toNanos(LAST_END_SECONDS);
        while (calls.ended() < calls.attempts() && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String line(long second, Calls calls) {
        Histogram last = calls.setup().endSecond();
        long cpu = system.getProcessCpuTime();
        long attempts = calls.attempts();
        long ended = calls.ended();
        attemptsBySecond.add((double) (attempts - attemptsSeen));
        endedBySecond.add((double) (ended - endedSeen));
        cpuBySecond.add((cpu - cpuSeenNanos) / 1e7);
        String text = String.format(
                Locale.ROOT,
                "sip: second %d: %,d attempts, %,d answered, %,d failed, %,d open, setup p99 %.1f ms, CPU %.0f %% of a core",
                second,
                attempts - attemptsSeen,
                last.getTotalCount(),
                calls.failed(),
                attempts - ended,
                last.getValueAtPercentile(99) / 1e6,
                (cpu - cpuSeenNanos) / 1e7);
        attemptsSeen = attempts;
        endedSeen = ended;
        cpuSeenNanos = cpu;
        return text;
    }
}
