package org.paceline.dialer.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.state.IdleReason;
import org.paceline.dialer.state.IdleReason.Kind;
import org.paceline.dialer.state.Pool;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.Trunk;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.Verdict;

/**
 * Says everything that keeps a campaign from placing calls, as the world is when it is asked. {@link Placement} only
 * needs to know that something does, and does not even look at a campaign's list while nobody could be called; a person
 * who wants to fix it needs to know everything.
 *
 * <p>Thread: engine only.
 */
final class IdleReasons {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final EngineState state;
    private final EventContext context;
    private final EngineSettings settings;

    IdleReasons(EngineState state, EventContext context, EngineSettings settings) {
        this.state = state;
        this.context = context;
        this.settings = settings;
    }

    /** Returns the reasons, the most fundamental first; empty where calls can be placed. */
    List<IdleReason> of(Campaign campaign, Moment now) {
        List<IdleReason> found = new ArrayList<>();
        ofTheCampaign(campaign, now, found);
        ofTheDatabase(found);
        ofRules(campaign, now, found);
        ofTrunks(campaign, now, found);
        ofAgents(campaign, found);
        ofTheList(campaign, found);
        ofRoom(campaign, found);
        found.sort(Comparator.comparing(IdleReason::kind));
        return List.copyOf(found);
    }

    private void ofTheCampaign(Campaign campaign, Moment now, List<IdleReason> found) {
        if (state.draining()) {
            found.add(new IdleReason(Kind.DRAINING, "the dialer is draining", UNKNOWN));
        }
        if (campaign.removed()) {
            found.add(new IdleReason(Kind.REMOVED, "the campaign's file is gone", UNKNOWN));
        }
        CampaignApproval.Obstacle notRunning = campaign.settings().approval().obstacleAt(now.epochMillis());
        if (notRunning != null) {
            String text = Kind.NOT_RUNNING.code() + ": " + notRunning.reason();
            found.add(new IdleReason(Kind.NOT_RUNNING, text, notRunning.untilEpochMillis()));
        }
        CampaignPause pause = state.pauseOf(campaign.id());
        if (pause != null) {
            found.add(new IdleReason(Kind.PAUSED, "paused by " + pause.by() + ": " + pause.reason(), UNKNOWN));
        }
    }

    private void ofTheDatabase(List<IdleReason> found) {
        String fault = state.databaseFault();
        if (fault != null) {
            found.add(new IdleReason(Kind.DATABASE_DOWN, "the database does not answer: " + fault, UNKNOWN));
        }
        if (context.unstored() >= settings.maxUnstored()) {
            String text = "the database is behind: " + context.unstored() + " entries are not stored yet";
            found.add(new IdleReason(Kind.DATABASE_BEHIND, text, 0));
        }
    }

    private void ofRules(Campaign campaign, Moment now, List<IdleReason> found) {
        String fault = state.recorderFault();
        if (fault != null && campaign.settings().recording() == RecordingDirective.ALWAYS) {
            found.add(new IdleReason(Kind.RECORDER, Kind.RECORDER.code() + ": " + fault, UNKNOWN));
        }
        Verdict.Refused stop = campaign.stop();
        if (stop != null && now.epochMillis() < stop.retryAtEpochMillis()) {
            IdleReason reason = IdleReason.ofRule(
                    stop.rule(), stop.rule().text() + ": " + stop.reason(), stop.retryAtEpochMillis());
            if (found.stream().noneMatch(other -> other.code().equals(reason.code()))) {
                found.add(reason);
            }
        }
    }

    private void ofTrunks(Campaign campaign, Moment now, List<IdleReason> found) {
        List<TrunkId> named = campaign.settings().trunks();
        String obstacle = state.trunks.obstacle(named, now);
        if (obstacle == null) {
            return;
        }
        List<Trunk> trunks = state.trunks.all().stream()
                .filter(trunk -> named.contains(trunk.settings().id()))
                .toList();
        Set<TrunkState> states = EnumSet.noneOf(TrunkState.class);
        trunks.forEach(trunk -> states.add(trunk.state(now)));
        long blockedUntil = trunks.stream()
                .mapToLong(trunk -> trunk.blockedUntilEpochMillis(now))
                .filter(until -> until > 0)
                .min()
                .orElse(UNKNOWN);
        if (trunks.isEmpty()) {
            found.add(new IdleReason(Kind.NO_TRUNK, obstacle, UNKNOWN));
        } else if (states.equals(EnumSet.of(TrunkState.DOWN))) {
            found.add(new IdleReason(Kind.TRUNK_DOWN, obstacle, UNKNOWN));
        } else if (states.contains(TrunkState.BLOCKED)) {
            found.add(new IdleReason(Kind.TRUNK_BLOCKED, obstacle, blockedUntil));
        } else if (states.contains(TrunkState.STOPPED) || states.contains(TrunkState.TRYING)) {
            found.add(new IdleReason(Kind.TRUNK_STOPPED, obstacle, UNKNOWN));
        } else if (state.trunks.heldBack(named, now)) {
            String text = Kind.CHANNELS_RESERVED.code() + ": " + obstacle;
            found.add(new IdleReason(Kind.CHANNELS_RESERVED, text, UNKNOWN));
        } else {
            found.add(new IdleReason(Kind.TRUNK_FULL, obstacle, UNKNOWN));
        }
    }

    private void ofAgents(Campaign campaign, List<IdleReason> found) {
        Pool pool = campaign.pool();
        int signedIn = pool.signedIn();
        if (signedIn == 0) {
            found.add(new IdleReason(Kind.NO_AGENTS, "no agent is signed in", UNKNOWN));
            return;
        }
        int paused = pool.count(AgentState.PAUSED);
        int connecting = pool.count(AgentState.LINE_CONNECTING);
        if (paused + connecting == signedIn) {
            found.add(
                    new IdleReason(Kind.AGENTS_PAUSED, "no agent takes calls: " + absent(paused, connecting), UNKNOWN));
        } else if (pool.ready() == 0 && campaign.calls().ringing() == 0) {
            PacingState pacing = campaign.pacer().state();
            String text = "no agent is ready: " + (signedIn - paused - connecting) + " with a customer or in wrap-up"
                    + (paused + connecting == 0 ? "" : ", " + absent(paused, connecting))
                    + (pacing == null ? "" : "; " + pacing.why());
            found.add(new IdleReason(Kind.AGENTS_BUSY, text, 0));
        }
    }

    private static String absent(int paused, int connecting) {
        String away = paused == 0 ? "" : paused + " paused";
        String lines = connecting == 0 ? "" : connecting + " without a line yet";
        return away + (away.isEmpty() || lines.isEmpty() ? "" : ", ") + lines;
    }

    /**
     * Adds the reasons that lie in the list. Nothing is known of the list until an agent is at work, because leads are
     * leased for agents.
     */
    private void ofTheList(Campaign campaign, List<IdleReason> found) {
        boolean hasLeads =
                campaign.list().ready() > 0 || !campaign.list().callbacks().isEmpty();
        if (hasLeads) {
            return;
        }
        if (campaign.calls().ringing() > 0) {
            if (campaign.held() == Campaign.Held.BY_LIST
                    && campaign.replenishment().listIsEmpty()) {
                found.add(exhausted(campaign));
            }
            return; // the calls it has placed may be all that it wants
        }
        if (campaign.list().held() > 0) {
            found.add(new IdleReason(Kind.LIST_HELD, "the numbers of all leads in hand are on other calls", 0));
        } else if (campaign.replenishment().listIsEmpty()) {
            found.add(exhausted(campaign));
        } else if (campaign.pool().atWork() > 0) {
            found.add(new IdleReason(Kind.LIST_AWAITED, "leads are being read from the database", 0));
        }
    }

    /** Returns why the list has no lead to give. */
    private static IdleReason exhausted(Campaign campaign) {
        long due = campaign.replenishment().nextDueEpochMillis();
        String elsewhere = campaign.replenishment().heldElsewhere();
        if (elsewhere != null) {
            return new IdleReason(Kind.LIST_ELSEWHERE, "no lead is free: " + elsewhere, due);
        }
        if (due == Long.MAX_VALUE) {
            return new IdleReason(Kind.LIST_EMPTY, "the list has no lead left to dial", due);
        }
        Verdict.Refused last = campaign.lastRefusal();
        String why = last == null ? "" : "; last refusal " + last.rule().text() + ": " + last.reason();
        return new IdleReason(Kind.LIST_NOT_DUE, "no lead is due" + why, due);
    }

    /**
     * Adds the reason that is left when none above holds: trunks, ports, the journal or the campaign's own lines take
     * no more calls at the moment.
     */
    private void ofRoom(Campaign campaign, List<IdleReason> found) {
        if (found.isEmpty() && campaign.held() == Campaign.Held.BY_ROOM) {
            found.add(new IdleReason(Kind.NO_ROOM, new PacingView(state, context, campaign).capacityLimit(), UNKNOWN));
        }
    }
}
