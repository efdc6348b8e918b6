package org.paceline.daemon.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Asks for rows that must not be there. Thread: any; may block. */
public final class NoneExpected {
    private NoneExpected() {}

    /**
     * Counts the rows of each question.
     *
     * @param questions by the name of what they count: {@code SELECT COUNT(*) …}
     * @return a line for each count that is not zero: {@code 3 leads that are leased by nobody}
     */
    public static List<String> found(Handle handle, Map<String, String> questions) {
        List<String> found = new ArrayList<>();
        questions.forEach((name, question) -> {
            long count = handle.createQuery(question).mapTo(Long.class).one();
            if (count > 0) {
                found.add(count + " " + name);
            }
        });
        return found;
    }
}
