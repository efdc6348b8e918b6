package org.paceline.daemon.api;

import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.Moments;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.dialer.trunk.TrunkFigures;
import org.paceline.dialer.trunk.TrunkTraffic;

/** {@code /api/trunks} and {@code /api/caller-ids}. */
final class TrunkRoutes {
    private final EnginePort engine;
    private final Tokens tokens;

    TrunkRoutes(EnginePort engine, Tokens tokens) {
        this.engine = engine;
        this.tokens = tokens;
    }

    void addTo(Routes routes) {
        routes.get("/api/trunks", this::trunks);
        routes.get("/api/caller-ids", this::callerIds);
    }

    private record TrunkView(
            String id,
            boolean up,
            String state,
            @Nullable String reason,
            int channels,
            int reservedChannels,
            int channelsInUse,
            @Nullable String blockedUntil,
            @Nullable RegistrationView registration,
            FiguresView figures,
            List<AddressView> addresses) {

        static TrunkView of(
                Snapshot.TrunkStatus trunk,
                List<RegistrationStatus> registrations,
                List<TrunkTraffic> traffic,
                List<AddressStatus> addresses) {
            return new TrunkView(
                    trunk.id().value(),
                    trunk.up(),
                    trunk.state().name(),
                    trunk.reason(),
                    trunk.channels(),
                    trunk.reservedChannels(),
                    trunk.channelsInUse(),
                    Moments.shown(trunk.blockedUntilEpochMillis()),
                    registrations.stream()
                            .filter(registration -> registration.trunk().equals(trunk.id()))
                            .findFirst()
                            .map(RegistrationView::of)
                            .orElse(null),
                    FiguresView.of(
                            trunk.figures(),
                            traffic.stream()
                                    .filter(each -> each.trunk().equals(trunk.id()))
                                    .findFirst()
                                    .orElseGet(() -> TrunkTraffic.none(trunk.id()))),
                    addresses.stream()
                            .filter(address -> address.trunk().equals(trunk.id()))
                            .map(AddressView::of)
                            .toList());
        }
    }

    private record RegistrationView(boolean registered, long secondsLeft, String reason) {

        static RegistrationView of(RegistrationStatus status) {
            return new RegistrationView(status.registered(), status.secondsLeft(), status.reason());
        }
    }

    /** What its attempts came to since the start; ratios are null while there are no attempts. */
    private record FiguresView(
            long attempts,
            long answered,
            long effective,
            @Nullable Double asr,
            @Nullable Double ner,
            int recentAttempts,
            @Nullable Double recentAsr,
            @Nullable Double recentNer,
            @Nullable Double acdSeconds,
            @Nullable DelayView postDialDelay,
            Map<Integer, Long> responses,
            long unanswered,
            long unsent,
            long failedOver) {

        static FiguresView of(TrunkFigures figures, TrunkTraffic traffic) {
            boolean isUsed = figures.attempts() > 0;
            return new FiguresView(
                    figures.attempts(),
                    figures.answered(),
                    figures.effective(),
                    isUsed ? rounded(figures.asr()) : null,
                    isUsed ? rounded(figures.ner()) : null,
                    figures.recent(),
                    isUsed ? rounded(figures.recentAsr()) : null,
                    isUsed ? rounded(figures.recentNer()) : null,
                    figures.answered() > 0 ? rounded(figures.acdSeconds()) : null,
                    DelayView.of(figures.postDialDelay()),
                    traffic.responses(),
                    traffic.unanswered(),
                    traffic.unsent(),
                    traffic.failedOver());
        }
    }

    private record DelayView(long count, long p50Millis, long p95Millis) {

        static @Nullable DelayView of(TrunkFigures.Delay delay) {
            return delay.count() == 0 ? null : new DelayView(delay.count(), delay.p50Millis(), delay.p95Millis());
        }
    }

    private record AddressView(
            String host,
            String address,
            String state,
            @Nullable String reason,
            @Nullable Double optionsMillis) {

        static AddressView of(AddressStatus status) {
            return new AddressView(
                    status.host(),
                    status.address(),
                    status.state().name(),
                    status.reason(),
                    status.roundTripMicros() == 0 ? null : status.roundTripMicros() / 1_000.0);
        }
    }

    /** A caller ID. It is the company's own number, and shown whole. */
    private record CallerId(
            String callerId,
            long attempts,
            long answered,
            long blocked,
            @Nullable String lastBlockedAt,
            double blockedRatio,
            double answeredRatio,
            double recentAnsweredRatio,
            boolean answersFell) {

        static CallerId of(CallerIdHealth health) {
            return new CallerId(
                    "+" + health.callerId(),
                    health.attempts(),
                    health.answered(),
                    health.blocked(),
                    Moments.shown(health.lastBlockedAtEpochMillis()),
                    rounded(health.blockedRatio()),
                    rounded(health.answeredRatio()),
                    rounded(health.recentAnsweredRatio()),
                    health.answersFell());
        }
    }

    private static double rounded(double ratio) {
        return Math.round(ratio * 10_000) / 10_000.0;
    }

    private void trunks(Context request) {
        tokens.caller(request).mustSupervise();
        List<RegistrationStatus> registrations = engine.registrations();
        List<TrunkTraffic> traffic = engine.trunkTraffic();
        List<AddressStatus> addresses = engine.trunkAddresses();
        request.json(engine.trunks().stream()
                .map(trunk -> TrunkView.of(trunk, registrations, traffic, addresses))
                .toList());
    }

    /** Lists caller IDs, the most blocked first. */
    private void callerIds(Context request) {
        tokens.caller(request).mustSupervise();
        request.json(engine.callerIds().stream()
                .sorted(Comparator.comparingDouble(CallerIdHealth::blockedRatio)
                        .reversed()
                        .thenComparingLong(CallerIdHealth::callerId))
                .map(CallerId::of)
                .toList());
    }
}
