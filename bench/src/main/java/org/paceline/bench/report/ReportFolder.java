package org.paceline.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder that a run writes: {@code summary.json} and {@code report.html}. A file of an earlier run is replaced. */
public final class ReportFolder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    private ReportFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder, before the run, so that no run is lost for want of a place.
     *
     * @throws IOException with one line: what stands in the way
     */
    public static ReportFolder make(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("--out " + folder + " is a file: name a folder", e);
        } catch (IOException e) {
            throw new IOException("--out " + folder + " cannot be made: " + e.getMessage(), e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("--out " + folder + " is not writable: name another folder");
        }
        return new ReportFolder(folder);
    }

    public void write(Report report) throws IOException {
        Files.writeString(page(), HtmlPage.of(report));
        Files.writeString(folder.resolve("summary.json"), JSON.writeValueAsString(summary(report)) + "\n");
    }

    public Path page() {
        return folder.resolve("report.html");
    }

    private static Map<String, Object> summary(Report report) {
        Machine machine = report.machine();
        Map<String, Object> where = new LinkedHashMap<>();
        where.put("cpu", machine.cpu());
        where.put("cores", machine.cores());
        where.put("memoryBytes", machine.memoryBytes());
        where.put("os", machine.os());
        Map<String, Object> jdk = new LinkedHashMap<>();
        jdk.put("version", machine.jdk());
        jdk.put("maxHeapBytes", machine.maxHeapBytes());
        jdk.put("collector", machine.collector());
        jdk.put("arguments", machine.jvmArguments());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("command", report.command());
        all.put("arguments", report.arguments());
        all.put("date", report.date().toString());
        all.put("commit", report.commit());
        all.put("machine", where);
        all.put("jdk", jdk);
        all.put("headline", report.headline());
        all.put("budgetsMet", report.keepsBudgets());
        all.put("figures", figures(report));
        if (!report.rows().isEmpty()) {
            all.put("rows", report.rows().stream().map(ReportFolder::finite).toList());
        }
        return all;
    }

    /** Replaces values that JSON cannot hold: it has no NaN. */
    private static Map<String, @Nullable Object> finite(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        row.forEach((name, value) -> copy.put(name, value instanceof Double d && !Double.isFinite(d) ? null : value));
        return copy;
    }

    private static Map<String, Object> figures(Report report) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Figure figure : report.figures()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("title", figure.title());
            one.put("value", Double.isFinite(figure.value()) ? figure.value() : null);
            one.put("unit", figure.unit());
            Budget budget = figure.budget();
            if (budget != null) {
                one.put(budget.bound() == Budget.Bound.AT_MOST ? "atMost" : "atLeast", budget.limit());
                one.put("met", !figure.missesBudget());
            }
            all.put(figure.name(), one);
        }
        return all;
    }
}
