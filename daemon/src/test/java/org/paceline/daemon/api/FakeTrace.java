package org.paceline.daemon.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.trace.SipTrace;

/** Messages as a test wants them. */
final class FakeTrace implements SipTrace {
    final List<String> asked = new ArrayList<>();
    boolean isOn = true;
    Page page =
            new Page(List.of(), "r-64-1", true, 0, false, new Contents(2, "2026-11-29T23:00:00.000001Z", 1, Map.of()));

    @Override
    public boolean isOn() {
        return isOn;
    }

    @Override
    public Page find(Query query, @Nullable String after, int most) {
        if ("nonsense".equals(after)) {
            throw new IllegalArgumentException("after=" + after);
        }
        asked.add(query + " after=" + after + " most=" + most);
        return page;
    }
}
