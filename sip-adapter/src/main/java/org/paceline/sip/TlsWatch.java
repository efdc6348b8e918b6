package org.paceline.sip;

import java.util.List;
import java.util.function.BiFunction;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.tls.CertificateStatus;
import org.paceline.sip.tls.TlsContexts;
import org.paceline.sip.tls.TlsTerms;

/**
 * Looks every {@value #EVERY_MILLIS} ms whether certificates have changed, on a thread of its own, as disks may hang.
 *
 * <p>Thread: any.
 */
final class TlsWatch implements AutoCloseable {

    static final long EVERY_MILLIS = 5_000;
    private static final String THREAD = "tls-files";

    private final TlsContexts tls;
    private final BiFunction<Long, Runnable, ?> after;
    private final ThreadWatch watch;
    private volatile boolean closed;

    /** @param after runs a short task once, so many milliseconds later */
    TlsWatch(TlsContexts tls, BiFunction<Long, Runnable, ?> after, ThreadWatch watch) {
        this.tls = tls;
        this.after = after;
        this.watch = watch;
    }

    void start() {
        if (!closed) {
            var _ = after.apply(
                    EVERY_MILLIS, () -> Thread.ofVirtual().name(THREAD).start(watch.guard(THREAD, this::look)));
        }
    }

    /** Reads the files of terms that are new; where one cannot be used, connections on these terms fail, and say so. */
    void learn(List<TlsTerms> terms) {
        tls.learn(terms);
    }

    List<CertificateStatus> certificates() {
        return tls.certificates();
    }

    private void look() {
        if (!closed) {
            tls.refresh();
            start();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
