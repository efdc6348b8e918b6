package org.paceline.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Which commit a run measured. */
final class Commit {
    private static final long GIT_SECONDS = 5;

    private Commit() {}

    /**
     * The system property {@code paceline.commit} where it is set; else what git says of the folder that the bench was
     * built in, with {@code -dirty} behind it where files were changed; else {@code unknown}.
     */
    static String current() {
        String given = System.getProperty("paceline.commit");
        if (given != null) {
            return given;
        }
        return git(Path.of(System.getProperty("paceline.home", ".")));
    }

    private static String git(Path folder) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = git.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 && !text.isEmpty() ? text : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
