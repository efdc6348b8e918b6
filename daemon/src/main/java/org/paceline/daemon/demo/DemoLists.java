package org.paceline.daemon.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.paceline.rules.PhoneNumber;

/**
 * The demo's lists. About a sixth of the leads are outside their window, a twelfth are on the do-not-call list, some
 * are written twice, and some are no numbers at all. {@link DemoPast} puts some over their cap.
 */
record DemoLists(Path leads, Path doNotCall) {

    static DemoLists write(Path folder, DemoNumbers numbers, int leads) throws IOException {
        int twice = Math.max(5, leads / 30);
        int invalid = 5;
        int closed = leads / 6;
        int optedOut = Math.max(10, leads / 12);
        List<PhoneNumber> open = numbers.open(leads - closed - twice - invalid);
        List<PhoneNumber> night = numbers.closed(closed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(open.size(), night.size()); i++) {
            if (i < open.size()) {
                rows.add(row(rows.size(), open.get(i).text()));
            }
            if (i < night.size()) {
                rows.add(row(rows.size(), night.get(i).text()));
            }
        }
        for (int i = 0; i < twice; i++) {
            rows.add(row(rows.size(), open.get(i).text()));
        }
        for (int i = 0; i < invalid; i++) {
            rows.add(row(rows.size(), "+1305555" + i));
        }
        List<PhoneNumber> never = spread(open, optedOut);
        return new DemoLists(
                file(folder.resolve("leads.csv"), "name,phone", rows),
                file(
                        folder.resolve("do-not-call.csv"),
                        "phone",
                        never.stream().map(PhoneNumber::text).toList()));
    }

    /** Picks so many of the numbers, evenly, so that refusals come all along. */
    private static List<PhoneNumber> spread(List<PhoneNumber> numbers, int count) {
        List<PhoneNumber> chosen = new ArrayList<>();
        for (int i = 0; i < count && i < numbers.size(); i++) {
            chosen.add(numbers.get((int) ((long) i * numbers.size() / count)));
        }
        return chosen;
    }

    private static String row(int index, String number) {
        return "Lead " + (index + 1) + "," + number;
    }

    private static Path file(Path path, String header, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(header);
        lines.addAll(rows);
        return Files.write(path, lines);
    }
}
