package org.paceline.daemon.run;

import java.util.Map;
import java.util.TreeMap;
import org.paceline.daemon.complaints.ComplaintWatch;
import org.paceline.sip.SipTelephony;
import org.paceline.sip.media.MediaStats;

/** The figures of the parts around the engine, as {@code Metrics} takes them. Thread: any. */
record AdapterFigures(SipTelephony telephony, ComplaintWatch complaints) {

    /** Returns the days that our certificates have left, by file. */
    Map<String, Long> certificateDays() {
        Map<String, Long> days = new TreeMap<>();
        telephony.certificates().forEach(each -> days.put(each.file().toString(), each.daysLeft()));
        return days;
    }

    /** Returns the current figures, by name in dotted form. */
    Map<String, Long> read() {
        Map<String, Long> figures = new TreeMap<>();
        telephony.counters().forEach((name, count) -> figures.put("sip." + name.replace('_', '.'), count));
        MediaStats media = telephony.mediaStats();
        figures.put("media.open.sessions", (long) media.sessions());
        figures.put("media.received", media.received());
        figures.put("media.sent", media.sent());
        figures.put("media.malformed", media.malformed());
        figures.put("media.foreign", media.foreign());
        figures.put("media.excess", media.excess());
        figures.put("media.ignored", media.ignored());
        figures.put("media.unsent", media.unsent());
        figures.put("media.unrecorded", media.unrecorded());
        figures.putAll(complaints.figures());
        return figures;
    }
}
