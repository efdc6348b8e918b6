package org.paceline.sip.dns;

import java.util.List;
import org.xbill.DNS.Record;

/** What name servers say to one question. */
sealed interface Answer {

    /**
     * There are records, at least one.
     *
     * @param ttlSeconds the shortest of what led to them, aliases too
     */
    record Found(List<Record> records, long ttlSeconds) implements Answer {}

    /** There are none. */
    record Nothing(boolean nameExists) implements Answer {}

    /**
     * It is not known whether there are any.
     *
     * @param why for people, in one line
     */
    record Failed(String why) implements Answer {}
}
