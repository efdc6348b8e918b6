package org.paceline.dialer.time;

/** Where moments come from: the machine's clocks in the daemon, a counter in the lab. Thread: any. */
@FunctionalInterface
public interface MomentSource {
    Moment now();
}
