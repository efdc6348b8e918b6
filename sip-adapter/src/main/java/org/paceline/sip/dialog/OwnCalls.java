package org.paceline.sip.dialog;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The calls that we place and that are not over, by Call-ID. Thread: any. */
final class OwnCalls {

    private final ConcurrentHashMap<String, OwnCall> byCallId = new ConcurrentHashMap<>();

    void add(OwnCall call) {
        byCallId.put(call.callId(), call);
    }

    void remove(OwnCall call) {
        byCallId.remove(call.callId());
    }

    @Nullable
    OwnCall find(String callId) {
        return byCallId.get(callId);
    }

    boolean contains(String callId) {
        return byCallId.containsKey(callId);
    }

    int size() {
        return byCallId.size();
    }
}
