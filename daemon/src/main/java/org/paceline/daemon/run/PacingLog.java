package org.paceline.daemon.run;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.dialer.state.IdleReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once a minute how each campaign with agents is paced, and, within a second, every change of the reasons that
 * keep a campaign from dialling, except for reasons that pass by themselves as calls go on.
 *
 * <p>Thread: its own, {@code pacing-log}; {@link #close} from any.
 */
final class PacingLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PacingLog.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final long LOOKS_A_LINE = 60;
    private static final Set<IdleReason.Kind> PASSING = EnumSet.of(
            IdleReason.Kind.AGENTS_BUSY,
            IdleReason.Kind.LIST_AWAITED,
            IdleReason.Kind.LIST_HELD,
            IdleReason.Kind.NO_ROOM,
            IdleReason.Kind.TRUNK_FULL,
            IdleReason.Kind.CHANNELS_RESERVED);

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Supplier<Snapshot> snapshots;
    private final Map<CampaignId, String> told = new HashMap<>();
    private final PeriodicWorker worker;
    private long looks;

    PacingLog(Supplier<Snapshot> snapshots, PeriodicWorkers workers) {
        this.snapshots = snapshots;
        this.worker = workers.worker(new PeriodicTask("pacing-log", PERIOD, LIMIT, this::look));
    }

    void start() {
        worker.start();
    }

    private void look() {
        looks++;
        for (Snapshot.CampaignStatus campaign : snapshots.get().campaigns()) {
            String change = change(campaign);
            if (change != null) {
                LOG.info("{}", change);
            }
            if (looks % LOOKS_A_LINE == 0 && campaign.agentsSignedIn() > 0) {
                LOG.info("{}", line(campaign));
            }
        }
    }

    /** Returns the line on what keeps the campaign from dialling, where that differs from the last line; else null. */
    @Nullable
    String change(Snapshot.CampaignStatus campaign) {
        List<IdleReason> lasting = campaign.idleReasons().stream()
                .filter(reason -> !PASSING.contains(reason.kind()))
                .toList();
        String codes = lasting.stream().map(IdleReason::code).collect(Collectors.joining(","));
        String before = told.put(campaign.id(), codes);
        if (codes.equals(before) || (before == null && codes.isEmpty())) {
            return null;
        }
        return codes.isEmpty()
                ? "event=not-idle campaign=" + campaign.id()
                : "event=idle campaign=" + campaign.id() + " reasons=" + codes + " why=\""
                        + lasting.getFirst().text().replace('"', '\'') + '"';
    }

    /** Returns a line of {@code key=value}; chances and shares are 0 to 1. */
    static String line(Snapshot.CampaignStatus campaign) {
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
        worker.close();
    }
}
