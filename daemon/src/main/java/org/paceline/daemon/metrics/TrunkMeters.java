package org.paceline.daemon.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.dialer.trunk.TrunkFigures;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.dialer.trunk.TrunkTraffic;

/** The figures of trunks, their addresses and the caller IDs. Thread: one at a time. */
final class TrunkMeters {
    private static final double MICROS_A_SECOND = 1_000_000;

    private final Meters meters;

    TrunkMeters(Meters meters) {
        this.meters = meters;
    }

    void trunk(Snapshot.TrunkStatus trunk) {
        String id = trunk.id().value();
        meters.gauge("paceline.trunk.up", "1 while the trunk takes calls", trunk.up() ? 1 : 0, "trunk", id);
        for (TrunkState state : TrunkState.values()) {
            meters.gauge(
                    "paceline.trunk.state",
                    "1 for the state that the trunk is in",
                    trunk.state() == state ? 1 : 0,
                    "trunk",
                    id,
                    "state",
                    lower(state));
        }
        meters.gauge("paceline.trunk.channels", "Most calls at once", trunk.channels(), "trunk", id);
        meters.gauge(
                "paceline.trunk.channels.reserved",
                "Channels that campaigns leave free",
                trunk.reservedChannels(),
                "trunk",
                id);
        meters.gauge("paceline.trunk.channels.in.use", "Calls on the trunk", trunk.channelsInUse(), "trunk", id);
        figures(trunk.figures(), id);
    }

    private void figures(TrunkFigures figures, String id) {
        meters.counter(
                "paceline.trunk.attempts", "Attempts that were sent and are over", figures.attempts(), "trunk", id);
        meters.counter("paceline.trunk.answered", "Of these, answered", figures.answered(), "trunk", id);
        meters.counter(
                "paceline.trunk.effective",
                "Of these, answered or ended by the called party's side",
                figures.effective(),
                "trunk",
                id);
        meters.seconds(
                "paceline.trunk.answered.seconds",
                "From answer to end, of all of them together",
                figures.answeredMillis(),
                "trunk",
                id);
        if (figures.recent() > 0) {
            meters.gauge(
                    "paceline.trunk.asr.ratio",
                    "Answer-seizure ratio of the last attempts, 0 to 1",
                    figures.recentAsr(),
                    "trunk",
                    id);
            meters.gauge(
                    "paceline.trunk.ner.ratio",
                    "Network effectiveness ratio of the last attempts, 0 to 1",
                    figures.recentNer(),
                    "trunk",
                    id);
        }
    }

    void traffic(TrunkTraffic traffic) {
        String id = traffic.trunk().value();
        Map<String, Long> responses = new TreeMap<>();
        traffic.responses().forEach((status, count) -> responses.merge(StatusLabel.of(status), count, Long::sum));
        responses.put("none", traffic.unanswered());
        responses.put("unsent", traffic.unsent());
        responses.forEach((status, count) -> meters.counter(
                "paceline.trunk.responses",
                "What INVITEs came to, by final response",
                count,
                "trunk",
                id,
                "status",
                status));
        meters.counter(
                "paceline.trunk.failed.over",
                "Attempts that went on to another address of the trunk",
                traffic.failedOver(),
                "trunk",
                id);
    }

    void registration(RegistrationStatus registration) {
        String id = registration.trunk().value();
        meters.gauge(
                "paceline.trunk.registered",
                "1 while the carrier knows where we are",
                registration.registered() ? 1 : 0,
                "trunk",
                id);
        meters.gauge(
                "paceline.trunk.registration.left.seconds",
                "For how long it still does",
                (double) registration.secondsLeft(),
                "trunk",
                id);
    }

    void address(AddressStatus address) {
        for (TrunkState state : TrunkState.values()) {
            meters.gauge(
                    "paceline.trunk.address.state",
                    "1 for the state that the address of a trunk is in",
                    address.state() == state ? 1 : 0,
                    "trunk",
                    address.trunk().value(),
                    "address",
                    address.address(),
                    "state",
                    lower(state));
        }
        if (address.roundTripMicros() > 0) {
            meters.gauge(
                    "paceline.trunk.options.seconds",
                    "How long the last OPTIONS took that was answered",
                    address.roundTripMicros() / MICROS_A_SECOND,
                    "trunk",
                    address.trunk().value(),
                    "address",
                    address.address());
        }
    }

    void callerId(CallerIdHealth health) {
        String id = "+" + health.callerId();
        meters.counter(
                "paceline.caller.id.attempts", "Attempts with the caller ID", health.attempts(), "caller_id", id);
        meters.counter("paceline.caller.id.answered", "Of these, answered", health.answered(), "caller_id", id);
        meters.counter(
                "paceline.caller.id.blocked",
                "Of these, blocked by a network that judged the caller ID",
                health.blocked(),
                "caller_id",
                id);
        meters.gauge(
                "paceline.caller.id.answers.fell",
                "1 while its last calls are answered far more seldom than those before",
                health.answersFell() ? 1 : 0,
                "caller_id",
                id);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
