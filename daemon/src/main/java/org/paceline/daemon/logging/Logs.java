package org.paceline.daemon.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses where this process logs to. Thread: any, at the start and end of a command. */
public final class Logs {

    private Logs() {}

    /** Logs only problems, for commands that answer on the terminal. */
    public static void quiet() {
        root().setLevel(Level.WARN);
    }

    /** Logs everything to a file, for commands that draw on the terminal. */
    public static void toFile(Path file) {
        ch.qos.logback.classic.Logger root = root();
        LoggerContext context = root.getLoggerContext();
        KeyValueEncoder encoder = new KeyValueEncoder();
        encoder.setContext(context);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setName("file");
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
    }

    /** Writes the lines that wait to be written; nothing is logged after that. */
    public static void close() {
        root().getLoggerContext().stop();
    }

    private static ch.qos.logback.classic.Logger root() {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
