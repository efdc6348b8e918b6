package org.paceline.dialer.pipeline;

import com.lmax.disruptor.RingBuffer;
import java.time.Instant;
import java.util.function.Consumer;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.port.Telephony;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each effect where it belongs: attempts to the journal ring, dials to the dial ring, entries to the store ring,
 * the rest straight to its port. The engine bounds what waits in the journal ring, so that ring never makes the engine
 * wait. The store ring does, when the store has been down for so long that the ring is full.
 *
 * <p>Thread: engine only.
 */
final class EffectDispatcher implements Consumer<Effect> {
    private static final Logger LOG = LoggerFactory.getLogger(EffectDispatcher.class);

    private final Telephony telephony;
    private final LeadSource leads;
    private final RingBuffer<Slot<Effect.Journaled>> journal;
    private final RingBuffer<Slot<Effect.Dialling>> dial;
    private final RingBuffer<Slot<Effect.Entry>> store;
    private final Consumer<Effect.AnswerCommand> answers;
    private final Runnable drained;

    EffectDispatcher(
            Telephony telephony,
            LeadSource leads,
            RingBuffer<Slot<Effect.Journaled>> journal,
            RingBuffer<Slot<Effect.Dialling>> dial,
            RingBuffer<Slot<Effect.Entry>> store,
            Consumer<Effect.AnswerCommand> answers,
            Runnable drained) {
        this.telephony = telephony;
        this.leads = leads;
        this.journal = journal;
        this.dial = dial;
        this.store = store;
        this.answers = answers;
        this.drained = drained;
    }

    @Override
    public void accept(Effect effect) {
        switch (effect) {
            case Effect.Journaled journaled -> publish(journal, journaled);
            case Effect.Dialling dialling -> publish(dial, dialling);
            case Effect.Entry entry -> publish(store, entry);
            case Effect.Connect connect -> telephony.connect(connect.call(), connect.agent());
            case Effect.RingAgent ring -> telephony.ringAgent(ring.ring(), ring.at());
            case Effect.StopRinging stop -> telephony.stopRinging(stop.ring());
            case Effect.WarnAgent warn -> telephony.warnAgent(warn.call());
            case Effect.StartRecording record -> telephony.record(record.call());
            case Effect.Announce announce -> telephony.announce(announce.call(), announce.announcement());
            case Effect.HangUp hangUp -> telephony.hangUp(hangUp.call(), hangUp.cause());
            case Effect.OpenLine open -> telephony.openLine(open.agent(), open.at());
            case Effect.CloseLine close -> telephony.closeLine(close.agent());
            case Effect.RequestLeads request -> leads.request(request.campaign(), request.count());
            case Effect.RequestCallbacks request ->
                leads.requestCallbacks(request.campaign(), request.agents(), request.graceMillis());
            case Effect.AnswerCommand answer -> answers.accept(answer);
            case Effect.TrunkStopped stopped -> log(stopped);
            case Effect.CallerIdBlocked blocked ->
                LOG.warn(
                        "caller-id=+{} event=caller-id-blocked status={} blocks={} reason=\"networks judge it as unwanted\"",
                        blocked.callerId(),
                        blocked.sipStatus(),
                        blocked.blocked());
            case Effect.CallerIdAnswers answers -> log(answers.health());
            case Effect.Drained done -> drained.run();
        }
    }

    private static void log(CallerIdHealth health) {
        LOG.warn(
                "caller-id=+{} event={} answered={} answered-since-start={} reason=\"{}\"",
                health.callerId(),
                health.answersFell() ? "caller-id-answers-fell" : "caller-id-answers-recovered",
                percent(health.recentAnsweredRatio()),
                percent(health.answeredRatio()),
                health.answersFell()
                        ? "people answer its last calls far more seldom than those before"
                        : "people answer its last calls as before");
    }

    private static String percent(double ratio) {
        return Math.round(ratio * 100) + "%";
    }

    private static void log(Effect.TrunkStopped stopped) {
        if (stopped.reason() == null) {
            LOG.warn("trunk={} event=trunk-goes-on", stopped.trunk());
        } else {
            LOG.warn(
                    "trunk={} event=trunk-stopped tries-at={} reason=\"{}\"",
                    stopped.trunk(),
                    Instant.ofEpochMilli(stopped.triesAtEpochMillis()),
                    stopped.reason());
        }
    }

    private static <T> void publish(RingBuffer<Slot<T>> ring, T value) {
        long sequence = ring.next();
        try {
            ring.get(sequence).put(value);
        } finally {
            ring.publish(sequence);
        }
    }
}
