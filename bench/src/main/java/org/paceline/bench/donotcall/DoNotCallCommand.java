package org.paceline.bench.donotcall;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.report.Budget;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.numbers.OptOutLists;
import org.paceline.rules.OptOut;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paceline-bench donotcall}. */
@Command(
        name = "donotcall",
        description = "Measures the engine's do-not-call lists: the time to make them, their heap, and a look-up.")
public final class DoNotCallCommand extends MeasuringCommand {
    private static final int BATCH = 1_000;
    private static final long FIRST = 12_000_000_000L;
    private static final long RANGE = 7_999_999_999L;
    private static final CampaignId CAMPAIGN = new CampaignId("spring");

    @Option(names = "--numbers", description = "Numbers on the lists. Default: ${DEFAULT-VALUE}")
    private int numbers = 10_000_000;

    @Option(names = "--lists", description = "Lists that they are spread over. Default: ${DEFAULT-VALUE}")
    private int lists = 3;

    @Option(
            names = "--lookups",
            description = "Look-ups measured, half of them of listed numbers. Default: ${DEFAULT-VALUE}")
    private int lookups = 20_000_000;

    @Option(names = "--seed", description = "Of the numbers. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        require("--numbers", numbers, 1, 50_000_000);
        require("--lists", lists, 1, 10_000);
        require("--lookups", lookups, BATCH, 1_000_000_000);
        SplittableRandom random = new SplittableRandom(seed);
        long[] listed = random.longs(numbers, FIRST, FIRST + RANGE).toArray();
        Arrays.sort(listed);
        long before = usedHeap();
        long start = System.nanoTime();
        OptOutLists built = build(listed);
        double buildMillis = (System.nanoTime() - start) / 1e6;
        double heapMb = (usedHeap() - before) / 1e6;
        progress.printf(Locale.ROOT, "%,d numbers made in %,.0f ms, %.1f MB%n", numbers, buildMillis, heapMb);
        progress.flush();
        long[] asked = new long[lookups / BATCH * BATCH];
        Arrays.setAll(
                asked, i -> i % 2 == 0 ? listed[random.nextInt(listed.length)] : random.nextLong(FIRST, FIRST + RANGE));
        lookUp(built, asked); // warms up until it is compiled
        Histogram nanos = lookUp(built, asked);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("build.millis", "making the lists from sorted numbers", buildMillis, "ms"));
        figures.add(Figure.of("heap", "heap of the lists", heapMb, "MB").within(Budget.atMost(100)));
        figures.add(
                Figure.of("lookup.mean", "look-up, mean", nanos.getMean(), "ns").within(Budget.atMost(1_000)));
        figures.add(Figure.of("lookup.p99", "look-up, p99 of batches", (double) nanos.getValueAtPercentile(99), "ns"));
        String headline = String.format(
                Locale.ROOT,
                "donotcall: %,d numbers in %d lists: made in %,.0f ms, %.1f MB of heap, look-up %.0f ns",
                numbers,
                lists,
                buildMillis,
                heapMb,
                nanos.getMean());
        return new Report.Findings(
                headline,
                figures,
                List.of(),
                List.of(
                        "Random US-like numbers, every list for all campaigns. Heap is what is used after collections with the"
                                + " lists less what was used without. Look-ups are timed in batches of " + BATCH
                                + " in random order, half of them of listed numbers; percentiles are of the batches' means."));
    }

    private OptOutLists build(long[] listed) {
        List<OptOut> sources = new ArrayList<>();
        for (int i = 0; i < lists; i++) {
            sources.add(new OptOut("file:list-" + i, null, Long.MAX_VALUE));
        }
        OptOutLists.Builder builder = new OptOutLists.Builder(sources, listed.length);
        for (int i = 0; i < listed.length; i++) {
            builder.add(listed[i], i % lists);
        }
        return builder.build();
    }

    private static Histogram lookUp(OptOutLists built, long[] asked) throws BenchException {
        Histogram nanos = new Histogram(3);
        int found = 0;
        for (int from = 0; from < asked.length; from += BATCH) {
            long start = System.nanoTime();
            for (int i = from; i < from + BATCH; i++) {
                found += built.optOutOf(asked[i], CAMPAIGN, 0) == null ? 0 : 1;
            }
            nanos.recordValue((System.nanoTime() - start) / BATCH);
        }
        if (found < asked.length / 2) {
            throw new BenchException(
                    "of " + asked.length / 2 + " look-ups of listed numbers only " + found + " found one");
        }
        return nanos;
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
