package org.paceline.daemon.run;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.paceline.daemon.database.Stopping;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once a minute how each campaign with agents is paced, and why it does not dial.
 *
 * <p>Thread: its own, {@code pacing-log}; {@link #close} from any.
 */
final class PacingLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PacingLog.class);
    private static final long PERIOD_SECONDS = 60;
    private static final long LIMIT_MILLIS = 180_000;

    private final Supplier<Snapshot> snapshots;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    PacingLog(Supplier<Snapshot> snapshots, ThreadWatch watch) {
        this.snapshots = snapshots;
        this.thread = watch.thread("pacing-log", LIMIT_MILLIS, this::run);
    }

    void start() {
        thread.start();
    }

    private void run(Heartbeat heartbeat) {
        try {
            while (!closed.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                heartbeat.beat();
                for (Snapshot.Campaign campaign : snapshots.get().campaigns()) {
                    if (campaign.agentsSignedIn() > 0) {
                        LOG.info("{}", line(campaign));
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("pacing log interrupted");
        }
    }

    /** {@code key=value}; chances and shares are 0 to 1. */
    static String line(Snapshot.Campaign campaign) {
        StringBuilder line = new StringBuilder(200)
                .append("event=pacing campaign=")
                .append(campaign.id())
                .append(" mode=")
                .append(campaign.dialMode().toLowerCase(Locale.ROOT))
                .append(" agents=")
                .append(campaign.agentsSignedIn());
        PacingState pacing = campaign.pacing();
        if (pacing == null) {
            line.append(" free=")
                    .append(campaign.agentsReady())
                    .append(" ringing=")
                    .append(campaign.ringing());
        } else {
            line.append(String.format(
                    Locale.ROOT,
                    " free=%d soon-free=%.1f ringing=%d expected-answers=%.1f answer-rate=%.3f answer-rate-deviation=%.3f"
                            + " price=%.4f risk=%.4f debt=%.1f abandons-left=%.1f",
                    pacing.free(),
                    pacing.soonFree(),
                    pacing.ringing(),
                    pacing.expectedAnswers(),
                    pacing.answerRate(),
                    pacing.answerRateDeviation(),
                    pacing.price(),
                    pacing.risk(),
                    pacing.debt(),
                    pacing.abandonsLeft()));
        }
        String idle = campaign.idleReason();
        String why = idle != null ? idle : pacing == null ? null : pacing.why();
        if (why != null) {
            line.append(" why=\"").append(why.replace('"', '\'')).append('"');
        }
        return line.toString();
    }

    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
    }
}
