package org.paceline.sip.stack;

import gov.nist.core.StackLogger;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stack's log. Its errors are mostly about other people's messages, hold telephone numbers, and come as fast as
 * those messages: they are cut, and repeated at most once a second with the number left out.
 */
public final class Slf4jStackLogger implements StackLogger {

    private static final Logger LOG = LoggerFactory.getLogger("org.paceline.sip.stack.jain");
    private static final int LONGEST = 120;
    private static final long QUIET_NANOS = 1_000_000_000L;

    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong leftOut = new AtomicLong();

    @Override
    public boolean isLoggingEnabled() {
        return LOG.isWarnEnabled();
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return switch (level) {
            case TRACE_FATAL, TRACE_ERROR -> LOG.isWarnEnabled();
            case TRACE_WARN -> LOG.isDebugEnabled();
            // At lower levels the stack prints whole messages, and slows down tenfold.
            default -> false;
        };
    }

    @Override
    public void logException(Throwable e) {
        rarely(String.valueOf(e.getMessage()), e);
    }

    @Override
    public void logError(String message) {
        rarely(message, null);
    }

    @Override
    public void logError(String message, Exception e) {
        rarely(message, e);
    }

    @Override
    public void logFatalError(String message) {
        rarely(message, null);
    }

    @Override
    public void logWarning(String message) {
        // The stack logs this about its own defaults, at every start.
        LOG.debug("stack=\"{}\"", firstLine(message));
    }

    private void rarely(String message, @Nullable Throwable e) {
        long now = System.nanoTime();
        long next = nextNanos.get();
        if (now - next < 0 || !nextNanos.compareAndSet(next, now + QUIET_NANOS)) {
            leftOut.incrementAndGet();
            return;
        }
        String line = firstLine(message);
        long before = leftOut.getAndSet(0);
        if (e == null) {
            LOG.warn("stack=\"{}\" left_out_before={}", line, before);
        } else {
            LOG.warn("stack=\"{}\" left_out_before={}", line, before, e);
        }
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    @Override
    public void logInfo(String message) {}

    @Override
    public void logDebug(String message) {}

    @Override
    public void logDebug(String message, Exception e) {}

    @Override
    public void logTrace(String message) {}

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int level) {}

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String timestamp) {}

    @Override
    public void setStackProperties(Properties properties) {}

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}
