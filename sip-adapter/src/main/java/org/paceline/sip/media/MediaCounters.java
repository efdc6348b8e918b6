package org.paceline.sip.media;

import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link MediaStats}. Thread: any. */
final class MediaCounters {
    final LongAdder received = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder foreign = new LongAdder();
    final LongAdder excess = new LongAdder();
    final LongAdder ignored = new LongAdder();
    final LongAdder unsent = new LongAdder();
}
