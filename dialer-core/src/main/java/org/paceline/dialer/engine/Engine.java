package org.paceline.dialer.engine;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.PacerFactory;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.state.Floor;
import org.paceline.dialer.time.LocalDays;
import org.paceline.dialer.time.LocalMonths;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.Trunk;
import org.paceline.rules.RuleId;

/**
 * Makes all decisions. An event goes in with its moment, and effects come out; there is no clock, no random source, no
 * I/O and no lock in it, so the same events at the same moments have the same effects.
 *
 * <p>After each event it paces the campaigns that the event touched; every {@value #SWEEP_MILLIS} ms it paces all of
 * them.
 *
 * <p>Thread: {@code dialer-engine} only.
 */
public final class Engine {
    private static final long SWEEP_MILLIS = 5;

    private final EngineState state;
    private final LocalDays days;
    private final EventContext context;
    private final Billing billing;
    private final Shifts shifts;
    private final Eligibility eligibility;
    private final AgentLines lines;
    private final AgentRings rings;
    private final AgentCommands commands;
    private final CallFlow calls;
    private final Callbacks callbacks;
    private final Placement placement;
    private final Departures departures;
    private final LeadDecisions decisions;
    private final IdleReasons idleReasons;
    private final SnapshotMaker snapshots;
    private final ZoneId zone;
    private final PacerFactory pacers;
    private long sweptAtNanos;
    private long sweptDay;
    private boolean drainedTold;

    /** @param start the first moment; no event may be before it */
    public Engine(EngineSettings settings, Moment start) {
        this(settings, start, Pacer::of);
    }

    /** @param pacers makes each campaign's pacer */
    public Engine(EngineSettings settings, Moment start, PacerFactory pacers) {
        this.pacers = pacers;
        state = new EngineState(start.nanos(), settings.maxPlanned());
        zone = settings.zone();
        days = new LocalDays(zone);
        context = new EventContext(days, start);
        LocalMonths months = new LocalMonths(zone);
        billing = new Billing(state, context, months);
        AgentLimits limits = new AgentLimits(state, context);
        Breaks breaks = new Breaks(state, context, limits);
        AgentMoves moves = new AgentMoves(context, limits, breaks);
        shifts = new Shifts(state, context, moves);
        Ringing ringing = new Ringing(state, context, limits);
        Matching matching = new Matching(state, context, moves, limits, breaks, shifts, ringing);
        eligibility = new Eligibility(state, context, matching);
        CallBook book = new CallBook(state, context, matching, billing);
        TrunkWatch trunks = new TrunkWatch(state, context);
        calls = new CallFlow(state, context, book, matching, moves, limits, billing, trunks);
        rings = new AgentRings(state, ringing, matching, calls);
        lines = new AgentLines(state, moves, shifts, matching, calls);
        decisions = new LeadDecisions(state, context);
        CallResults results = new CallResults(state, context, decisions);
        commands = new AgentCommands(state, context, shifts, breaks, moves, matching, calls, eligibility, results);
        Judge judge = new Judge(state, context, billing);
        callbacks = new Callbacks(state, context);
        placement = new Placement(state, context, book, billing, judge, callbacks, settings);
        departures = new Departures(state, context, book, placement, judge, billing);
        idleReasons = new IdleReasons(state, context, settings);
        snapshots = new SnapshotMaker(state, days, months, idleReasons);
        sweptAtNanos = start.nanos();
        sweptDay = context.day();
    }

    /**
     * Takes one event.
     *
     * @param now not before the last event's in monotonic time
     * @param effects takes what is to be done, in order
     */
    public void on(Event event, Moment now, Consumer<Effect> effects) {
        context.begin(now, effects);
        state.timers.advance(now.nanos());
        dispatch(event);
        departures.depart();
        sweepWhenDue();
        paceTouched(event instanceof Event.Ticked ? Placement.IDLE_EFFORT : Placement.EFFORT);
        tellDrained();
    }

    /**
     * Returns the state for others to read, all of it at one moment. The cost grows with the number of agents and
     * campaigns.
     */
    public Snapshot snapshot(Moment now) {
        return SnapshotMaker.whole(state, days, new LocalMonths(zone), idleReasons, now);
    }

    /**
     * Makes a snapshot bit by bit, so that no event waits for the whole of it. Each agent in it is as of the step that
     * copied it.
     *
     * @return the snapshot once it is whole, else null; the next step begins another
     */
    public @Nullable Snapshot snapshotStep(Moment now) {
        return snapshots.step(now);
    }

    private void dispatch(Event event) {
        switch (event) {
            case Event.Ticked ticked -> {}
            case Event.CallRinging ringing -> calls.on(ringing);
            case Event.CallAnswered answered -> calls.on(answered);
            case Event.GreetingBegan began -> calls.on(began);
            case Event.GreetingEnded greetingEnded -> calls.on(greetingEnded);
            case Event.CallConnected connected -> calls.on(connected);
            case Event.CallFailed failed -> calls.on(failed);
            case Event.CallHungUp hungUp -> calls.on(hungUp);
            case Event.RecordingClosed closed ->
                context.emit(new Effect.RecordingKept(closed.call(), closed.file(), context.epochMillis()));
            case Event.LineOpened opened -> lines.on(opened);
            case Event.LineLost lost -> lines.on(lost);
            case Event.AgentAnswered answered -> rings.on(answered);
            case Event.AgentMissed missed -> rings.on(missed);
            case Event.AgentHungUp hungUp -> rings.on(hungUp);
            case Event.AgentLost lost -> rings.on(lost);
            case Event.AgentCommanded asked ->
                context.emit(
                        new Effect.AnswerCommand(asked.request(), commands.command(asked.agent(), asked.command())));
            case Event.CallNotSent notSent -> departures.on(notSent);
            case Event.AttemptsJournaled journaled -> departures.on(journaled);
            case Event.AttemptRefused refused -> departures.on(refused);
            case Event.EntriesStored stored -> context.stored(stored.count());
            case Event.LeadsArrived arrived -> placement.on(arrived);
            case Event.CallbacksDue due -> callbacks.on(due);
            case Event.CallbacksArrived arrived -> callbacks.on(arrived);
            case Event.CallbackPromised promised ->
                decisions.decide(
                        promised.campaign(), promised.lead(), new LeadNext.RetryAt(promised.dueEpochMillis(), null));
            case Event.CallbackCancelled cancelled ->
                decisions.takeBack(cancelled.campaign(), cancelled.lead(), cancelled.next());
            case Event.AnswersElsewhere answers -> answersElsewhere(answers);
            case Event.SpentElsewhere spent -> billing.on(spent);
            case Event.LeadsChanged changed -> leadsChanged(changed.campaign());
            case Event.NumberOptedOut optedOut -> state.numbers.optOut(optedOut.e164(), optedOut.entry());
            case Event.OptOutsRemoved removed -> state.numbers.replaceOptOuts(removed.e164(), removed.left());
            case Event.OptOutListsReplaced replaced -> state.numbers.replaceLists(replaced.lists());
            case Event.FloorConfigured configured -> {
                state.floorTerms(configured.terms());
                eligibility.judgeAll();
            }
            case Event.AgentsQualified qualified -> eligibility.on(qualified);
            case Event.CampaignConfigured configured -> configure(configured.settings());
            case Event.CampaignRemoved removed -> remove(removed.campaign());
            case Event.CampaignsPaused paused -> {
                state.pauses(paused.pauses());
                state.campaigns.keySet().forEach(context::touch);
            }
            case Event.TrunkConfigured configured -> state.trunks.configure(configured.settings(), context.moment());
            case Event.TrunkRemoved removed -> state.trunks.remove(removed.trunk());
            case Event.TrunkChanged changed -> trunkChanged(changed);
            case Event.RtpPortsChanged changed -> {
                state.ports.changed(changed.usable(), changed.heldByOthers());
                state.campaigns.keySet().forEach(context::touch);
            }
            case Event.RecorderChanged changed -> recorderChanged(changed);
            case Event.DatabaseChanged changed -> databaseChanged(changed);
            case Event.DrainRequested drain -> drain(drain.limitMillis());
        }
    }

    private void configure(CampaignSettings settings) {
        Campaign known = state.campaigns.get(settings.id());
        String matter = settings.calls().matter();
        if (known == null || !Objects.equals(matter, known.settings().calls().matter())) {
            context.emit(new Effect.MatterSet(settings.id(), matter, context.epochMillis()));
        }
        if (known == null) {
            state.campaigns.put(settings.id(), new Campaign(settings, state.floor.pool(settings.id()), zone, pacers));
        } else {
            known.configure(settings);
        }
        eligibility.judgeAll();
        Floor floor = state.floor;
        floor.agentDayCap(settings.id(), settings.rules().agentDayCap(), context.day());
        context.touch(settings.id());
    }

    private void remove(CampaignId id) {
        Campaign campaign = state.campaigns.get(id);
        if (campaign != null) {
            campaign.remove();
            placement.giveBackAll(campaign);
        }
    }

    private void answersElsewhere(Event.AnswersElsewhere answers) {
        Campaign campaign = state.campaigns.get(answers.campaign());
        if (campaign != null) {
            campaign.abandonments().elsewhere(answers.calls());
            context.touch(answers.campaign());
        }
    }

    private void leadsChanged(CampaignId id) {
        Campaign campaign = state.campaigns.get(id);
        if (campaign != null) {
            campaign.replenishment().wake();
            context.touch(id);
        }
    }

    private void trunkChanged(Event.TrunkChanged event) {
        Trunk trunk = state.trunks.find(event.trunk());
        if (trunk == null) {
            state.countUnknown(event);
        } else {
            trunk.changed(event.up(), event.blockedMillis(), event.reason(), context.moment());
        }
    }

    private void recorderChanged(Event.RecorderChanged event) {
        state.recorderFault(event.reason());
        if (event.reason() == null) {
            state.campaigns.values().stream()
                    .filter(campaign ->
                            campaign.stop() != null && campaign.stop().rule() == RuleId.RECORD_REQUIRED)
                    .forEach(Campaign::goesOn);
        }
    }

    private void databaseChanged(Event.DatabaseChanged event) {
        state.databaseFault(event.fault());
        state.campaigns.keySet().forEach(context::touch);
    }

    private void drain(long limitMillis) {
        state.drain();
        state.timers.schedule(context.nanos() + limitMillis * 1_000_000, calls::endAll);
        state.campaigns.values().forEach(placement::giveBackAll);
    }

    private void tellDrained() {
        if (state.draining() && state.calls.isEmpty() && !drainedTold) {
            drainedTold = true;
            shifts.endAll();
            context.emit(new Effect.Drained());
        }
    }

    private void sweepWhenDue() {
        if (context.nanos() - sweptAtNanos < SWEEP_MILLIS * 1_000_000) {
            return;
        }
        sweptAtNanos = context.nanos();
        if (context.day() != sweptDay) {
            sweptDay = context.day();
            state.floor.requeue(sweptDay);
            eligibility.judgeAll();
        }
        state.campaigns
                .values()
                .removeIf(campaign -> campaign.removed() && campaign.calls().live() == 0);
        state.campaigns.keySet().forEach(context::touch);
    }

    /** @param effort the most effort to make, in leads looked at, for all campaigns together */
    private void paceTouched(int effort) {
        if (context.touched().isEmpty()) {
            return;
        }
        List<Campaign> reached = new ArrayList<>(context.touched().size());
        for (CampaignId id : context.touched()) {
            Campaign campaign = state.campaigns.get(id);
            if (campaign != null) {
                reached.add(campaign);
            }
        }
        context.touched().clear();
        placement.order(reached);
        int left = effort;
        for (Campaign campaign : reached) {
            if (left > 0) {
                campaign.notPassedOver();
                left -= placement.pace(campaign, left);
            } else {
                campaign.passOver();
            }
            if (left <= 0) {
                context.touch(campaign.id()); // goes on at the next event
            }
        }
    }
}
