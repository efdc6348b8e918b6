package org.paceline.bench.storage;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kill of a process that wrote, and what the next process found.
 *
 * @param number from 1
 * @param copying whether the killed process made copies of the database meanwhile
 * @param recoveries processes that were killed while they opened the database after it
 * @param startMillis until it was open and each lead was changed; NaN where it never was
 * @param startCpuMillis CPU time of that
 * @param found what it found; nothing lost and nothing torn where it never was open
 * @param slow whether that took longer than the limit
 * @param rebuilt whether the database had to be made again
 * @param failure why the database could not be opened or written, empty where it could
 */
record Kill(
        int number,
        boolean copying,
        int recoveries,
        double startMillis,
        double startCpuMillis,
        Leads.Judgement found,
        boolean slow,
        boolean rebuilt,
        String failure) {

    /** Whether something was lost, torn, too slow, or failed. */
    boolean isFault() {
        return found.lost() > 0 || found.torn() > 0 || slow || !failure.isEmpty();
    }

    String toLine() {
        return String.format(
                Locale.ROOT,
                "kill %d%s%s: %s, lost %d, torn %d, %,d attempts%s%s",
                number,
                copying ? ", in a copy" : "",
                recoveries > 0 ? ", " + recoveries + " more during recovery" : "",
                Double.isNaN(startMillis)
                        ? "never open"
                        : String.format(
                                Locale.ROOT,
                                "open after %.2f s (CPU %.2f)%s",
                                startMillis / 1_000,
                                startCpuMillis / 1_000,
                                slow ? " (too slow)" : ""),
                found.lost(),
                found.torn(),
                found.attempts(),
                rebuilt ? ", made again" : "",
                failure.isEmpty() ? "" : ", failed: " + failure);
    }

    /** Returns a row of {@code summary.json}. */
    Map<String, @Nullable Object> toRow() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("kill", number);
        row.put("copying", copying);
        row.put("recoveries", recoveries);
        row.put("startMillis", startMillis);
        row.put("startCpuMillis", startCpuMillis);
        row.put("lost", found.lost());
        row.put("torn", found.torn());
        row.put("attempts", found.attempts());
        row.put("slow", slow);
        row.put("rebuilt", rebuilt);
        row.put("failure", failure);
        return row;
    }
}
