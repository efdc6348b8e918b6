package org.paceline.dialer.trunk;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.time.Moment;

/** All trunks. Thread: engine only. */
public final class Trunks {
    private final Map<TrunkId, Trunk> trunks = new LinkedHashMap<>();

    public void configure(TrunkSettings settings, Moment now) {
        Trunk trunk = trunks.computeIfAbsent(settings.id(), id -> new Trunk(settings, now));
        trunk.settings(settings);
    }

    /** Takes no more calls on it; it is there until its last call is over. */
    public void remove(TrunkId id) {
        trunks.computeIfPresent(id, (key, trunk) -> trunk.channelsInUse() == 0 ? null : trunk.retired());
    }

    public @Nullable Trunk find(TrunkId id) {
        return trunks.get(id);
    }

    public Collection<Trunk> all() {
        trunks.values().removeIf(Trunk::isGone);
        return trunks.values();
    }

    /**
     * Returns the trunk with room and the best priority among those named, of equals the first named; null where none
     * has room.
     */
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

    /** Returns how many calls the named trunks take together. */
    public TrunkCapacity capacity(List<TrunkId> named, Moment now) {
        long calls = 0;
        double allowance = 0;
        double callsPerSecond = 0;
        for (TrunkId id : named) {
            Trunk trunk = trunks.get(id);
            int channels = trunk == null ? 0 : trunk.channelsLeft(now);
            if (trunk != null && channels > 0) {
                calls += channels;
                allowance += trunk.allowance(now);
                callsPerSecond += trunk.settings().callsPerSecond();
            }
        }
        return new TrunkCapacity((int) Math.min(Integer.MAX_VALUE, calls), allowance, callsPerSecond);
    }

    /**
     * Returns what keeps the named trunks from taking any number of calls, whatever their rate, one line for people.
     */
    public String limit(List<TrunkId> named, Moment now) {
        String limits = "";
        for (TrunkId id : named) {
            Trunk trunk = trunks.get(id);
            if (trunk != null) {
                limits += (limits.isEmpty() ? "" : "; ") + trunk.limit(now);
            }
        }
        return limits.isEmpty() ? "no trunk is configured" : limits;
    }

    /** Whether one of the named trunks has free channels, but only such as campaigns leave free. */
    public boolean heldBack(List<TrunkId> named, Moment now) {
        for (TrunkId id : named) {
            Trunk trunk = trunks.get(id);
            if (trunk != null && trunk.isHeldBack(now)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the named trunks takes a call, now or as soon as its rate allows. */
    public boolean takeCalls(List<TrunkId> named, Moment now) {
        for (TrunkId id : named) {
            Trunk trunk = trunks.get(id);
            if (trunk != null && trunk.takesCalls(now)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns why none of the named trunks takes a call, one line for people; null where one only waits for its rate.
     */
    public @Nullable String obstacle(List<TrunkId> named, Moment now) {
        return takeCalls(named, now) ? null : limit(named, now);
    }
}
