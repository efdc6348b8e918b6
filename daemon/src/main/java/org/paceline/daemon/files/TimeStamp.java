package org.paceline.daemon.files;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The time in names of files that are kept beside each other. Thread: any. */
public final class TimeStamp {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private TimeStamp() {}

    /** Returns this second in the system's zone, as {@code 20261129-162651}. */
    public static String now() {
        return LocalDateTime.now(ZoneId.systemDefault()).format(FORMAT);
    }
}
