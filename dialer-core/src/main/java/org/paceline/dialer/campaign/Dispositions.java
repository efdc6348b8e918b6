package org.paceline.dialer.campaign;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The dispositions that agents of a campaign may give a call.
 *
 * @param list the names there are, each once; empty for any text, which then means nothing
 */
public record Dispositions(List<Disposition> list) {
    /** Any text may be given. */
    public static final Dispositions FREE = new Dispositions(List.of());

    public Dispositions {
        list = List.copyOf(list);
    }

    /** The disposition of that name, or null where there is none. */
    public @Nullable Disposition find(String name) {
        if (list.isEmpty()) {
            return new Disposition(name, Disposition.Meaning.NOTHING);
        }
        for (Disposition disposition : list) {
            if (disposition.name().equals(name)) {
                return disposition;
            }
        }
        return null;
    }

    /** Returns the names in one line: {@code sale, not-interested}. */
    public String names() {
        return list.stream().map(Disposition::name).collect(Collectors.joining(", "));
    }
}
