package org.paceline.daemon.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.logging.KeyValueEncoder;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.port.Store;
import org.paceline.dialer.port.Telephony;
import org.paceline.yaml.ScalarType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs each call's story where it crosses the ports, each step once, the call's id first. Numbers are masked.
 *
 * <p>Thread: any.
 */
final class CallLog {
    private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

    private CallLog() {}

    /** Logs the network's events on their way to the engine. */
    static EventSink over(EventSink sink) {
        return new EventSink() {
            @Override
            public void publish(Event event) {
                sink.publish(event);
                log(event);
            }

            @Override
            public boolean offer(Event event) {
                boolean taken = sink.offer(event);
                if (taken) {
                    log(event);
                }
                return taken;
            }
        };
    }

    /**
     * Logs events of calls only: trunks, lines and the recorder log for themselves, and how a call ended is logged once
     * it is stored.
     */
    private static void log(Event event) {
        if (event instanceof Event.CallRinging ringing) {
            LOG.debug("call={} event=ringing", ringing.call());
        } else if (event instanceof Event.CallAnswered answered) {
            LOG.info("call={} event=answered", answered.call());
        } else if (event instanceof Event.GreetingBegan began) {
            LOG.debug("call={} event=greeting-began after-millis={}", began.call(), began.answerToGreetingMillis());
        } else if (event instanceof Event.GreetingEnded ended) {
            LOG.debug("call={} event=greeting-ended after-millis={}", ended.call(), ended.answerToGreetingMillis());
        } else if (event instanceof Event.CallConnected connected) {
            LOG.info(
                    "call={} event=connected agent={} answer-to-connected-micros={}",
                    connected.call(),
                    connected.agent(),
                    connected.answerToConnectedMicros());
        } else if (event instanceof Event.AgentAnswered answered) {
            LOG.info(
                    "call={} event=connected agent={} answer-to-connected-micros={}",
                    answered.ring().call(),
                    answered.ring().agent(),
                    answered.answerToConnectedMicros());
        } else if (event instanceof Event.AgentMissed missed) {
            LOG.info(
                    "call={} event=agent-missed agent={} reason=\"{}\"",
                    missed.ring().call(),
                    missed.ring().agent(),
                    missed.reason());
        } else if (event instanceof Event.AgentHungUp hungUp) {
            LOG.info(
                    "call={} event=agent-hung-up agent={}",
                    hungUp.ring().call(),
                    hungUp.ring().agent());
        } else if (event instanceof Event.AgentLost lost) {
            LOG.warn(
                    "call={} event=agent-lost agent={} reason=\"{}\"",
                    lost.ring().call(),
                    lost.ring().agent(),
                    lost.reason());
        } else if (event instanceof Event.CallHungUp hungUp) {
            LOG.info("call={} event=hung-up by={}", hungUp.call(), hungUp.by());
        }
    }

    /** Logs the engine's orders on their way to the network. */
    static Telephony over(Telephony telephony) {
        return new LoggedTelephony(telephony);
    }

    private record LoggedTelephony(Telephony telephony) implements Telephony {
        @Override
        public void dial(CallId call, DialOrder order) {
            LOG.info(
                    "call={} event=dialled campaign={} number={} trunk={}",
                    call,
                    order.campaign(),
                    order.number().masked(),
                    order.trunk());
            telephony.dial(call, order);
        }

        @Override
        public void cancel(CallId call) {
            LOG.debug("call={} event=cancel", call);
            telephony.cancel(call);
        }

        @Override
        public void connect(CallId call, AgentId agent) {
            telephony.connect(call, agent);
        }

        @Override
        public void ringAgent(AgentRing ring, AgentAddress at) {
            LOG.info("call={} event=agent-rung agent={}", ring.call(), ring.agent());
            telephony.ringAgent(ring, at);
        }

        @Override
        public void stopRinging(AgentRing ring) {
            LOG.info("call={} event=agent-ring-stopped agent={}", ring.call(), ring.agent());
            telephony.stopRinging(ring);
        }

        @Override
        public void warnAgent(CallId call) {
            LOG.info("call={} event=warn-agent", call);
            telephony.warnAgent(call);
        }

        @Override
        public void record(CallId call) {
            LOG.info("call={} event=record", call);
            telephony.record(call);
        }

        @Override
        public void announce(CallId call, Announcement announcement) {
            LOG.info("call={} event=announce file={}", call, announcement.file());
            telephony.announce(call, announcement);
        }

        @Override
        public void hangUp(CallId call, HangUpCause cause) {
            LOG.info("call={} event=hang-up cause={}", call, cause);
            telephony.hangUp(call, cause);
        }

        @Override
        public void openLine(AgentId agent, AgentAddress at) {
            telephony.openLine(agent, at);
        }

        @Override
        public void closeLine(AgentId agent) {
            telephony.closeLine(agent);
        }
    }

    /** Logs entries once they are stored, with the time at which they happened. */
    static Store over(Store store) {
        return batch -> {
            store.write(batch);
            batch.forEach(CallLog::log);
        };
    }

    /** Quotes free text for a line. */
    private static String text(@Nullable String free) {
        return free == null ? "" : free.replace('"', '\'');
    }

    private static void log(Effect.Entry entry) {
        switch (entry) {
            case Effect.AttemptEnded ended -> ended(ended.call());
            case Effect.AgentChanged agent ->
                at(Level.INFO, agent.atEpochMillis())
                        .log(
                                "agent={} event=agent-state state={} reason=\"{}\"",
                                agent.agent(),
                                agent.state(),
                                text(agent.reason()));
            case Effect.SignedIn shift ->
                at(Level.INFO, shift.atEpochMillis())
                        .log("agent={} event=signed-in campaigns={}", shift.agent(), shift.campaigns());
            case Effect.SignedOut shift ->
                at(Level.INFO, shift.atEpochMillis())
                        .log("agent={} event=signed-out reason=\"{}\"", shift.agent(), text(shift.reason()));
            case Effect.LimitPassed passed ->
                at(Level.INFO, passed.atEpochMillis())
                        .log(
                                "agent={} event=over-limit limit={} call={}",
                                passed.agent(),
                                passed.limit(),
                                passed.call());
            case Effect.RecordingKept kept ->
                at(Level.INFO, kept.atEpochMillis())
                        .log(
                                "call={} event=recorded millis={} complete={} file={}",
                                kept.call(),
                                kept.file().millis(),
                                kept.file().complete(),
                                kept.file().path());
            case Effect.CallDisposed disposed ->
                at(Level.INFO, disposed.atEpochMillis())
                        .log(
                                "call={} event=disposed agent={} meaning={}",
                                disposed.call(),
                                disposed.agent(),
                                ScalarType.written(disposed.disposition().meaning()));
            case Effect.CallNoted noted ->
                at(Level.INFO, noted.atEpochMillis())
                        .log("call={} event=noted by={} number={}", noted.call(), noted.madeBy(), noted.number());
            case Effect.MatterSet set ->
                at(Level.DEBUG, set.atEpochMillis())
                        .log("campaign={} event=matter matter={}", set.campaign(), set.matter());
            case Effect.CallbackMade made ->
                at(Level.INFO, made.atEpochMillis())
                        .log(
                                "lead={} event=callback by={} agent={} due={}",
                                made.lead(),
                                made.madeBy(),
                                made.agent(),
                                Instant.ofEpochMilli(made.dueEpochMillis()));
            case Effect.LeadFinished finished ->
                at(Level.DEBUG, finished.atEpochMillis()).log("lead={} event=finished", finished.lead());
            case Effect.OptedOut out ->
                at(Level.INFO, out.atEpochMillis())
                        .log("event=opted-out source={}", out.entry().source());
            case Effect.LeadSettled settled ->
                LOG.debug("lead={} event=settled next=\"{}\"", settled.lead(), settled.next());
        }
    }

    private static void ended(CallDetails call) {
        at(Level.INFO, call.endedAtEpochMillis())
                .log(
                        "call={} event=ended campaign={} lead={} outcome={} sip={} talk-millis={}",
                        call.call(),
                        call.campaign(),
                        call.lead(),
                        call.outcome(),
                        call.cause().sipStatus(),
                        call.connectedAtEpochMillis() == 0
                                ? 0
                                : call.endedAtEpochMillis() - call.connectedAtEpochMillis());
    }

    /** Begins a line of that time, because the store may be behind; {@link KeyValueEncoder} writes the time. */
    private static LoggingEventBuilder at(Level level, long epochMillis) {
        return LOG.atLevel(level).addKeyValue(KeyValueEncoder.EVENT_TIME, epochMillis);
    }
}
