package org.paceline.dialer.trunk;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.time.Moment;

/** All trunks. Thread: engine only. */
public final class Trunks {
    private final Map<TrunkId, Trunk> trunks = new LinkedHashMap<>();

    public void configure(TrunkSettings settings, Moment now) {
        Trunk trunk = trunks.computeIfAbsent(settings.id(), id -> new Trunk(settings, now));
        trunk.settings(settings);
    }

    public @Nullable Trunk find(TrunkId id) {
        return trunks.get(id);
    }

    public Collection<Trunk> all() {
        return trunks.values();
    }

    /** Of those named, the trunk with room and the best priority, the first named of equals; null where none has room. */
    public @Nullable Trunk withRoom(List<TrunkId> named, Moment now) {
        Trunk best = null;
        for (TrunkId id : named) {
            Trunk trunk = trunks.get(id);
            if (trunk != null
                    && trunk.hasRoom(now)
                    && (best == null
                            || trunk.settings().priority() < best.settings().priority())) {
                best = trunk;
            }
        }
        return best;
    }

    /** Whether one of those named has free channels, but only such as campaigns leave free. */
    public boolean heldBack(List<TrunkId> named, Moment now) {
        for (TrunkId id : named) {
            Trunk trunk = trunks.get(id);
            if (trunk != null && trunk.isHeldBack(now)) {
                return true;
            }
        }
        return false;
    }

    /** Why none of those named takes a call, one line for people; null where one only waits for its rate. */
    public @Nullable String obstacle(List<TrunkId> named, Moment now) {
        String obstacle = "no trunk is configured";
        for (TrunkId id : named) {
            Trunk trunk = trunks.get(id);
            if (trunk != null) {
                obstacle = trunk.obstacle(now);
                if (obstacle == null) {
                    return null;
                }
            }
        }
        return obstacle;
    }
}
