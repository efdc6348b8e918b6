package org.paceline.dialer.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.FloorTerms;
import org.paceline.dialer.budget.Account;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.numbers.NumberBook;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.state.Floor;
import org.paceline.dialer.time.Timers;
import org.paceline.dialer.trunk.CallerIds;
import org.paceline.dialer.trunk.MediaPorts;
import org.paceline.dialer.trunk.Trunks;

/** Everything that the engine knows, in one place that its parts share. */
final class EngineState {
    final Map<CampaignId, Campaign> campaigns = new LinkedHashMap<>();
    final Map<CallId, Call> calls = new LinkedHashMap<>();
    final Floor floor = new Floor();
    final Trunks trunks = new Trunks();
    final CallerIds callerIds = new CallerIds();
    final NumberBook numbers = new NumberBook();
    final Map<String, Account> accounts = new HashMap<>();
    final MediaPorts ports = new MediaPorts();
    final JournalPace journal;
    final Timers timers;
    final AnswerLatency answerToConnected = new AnswerLatency();

    private final Map<String, Long> unexpected = new TreeMap<>();
    private FloorTerms floorTerms = FloorTerms.NONE;
    private @Nullable String recorderFault;
    private @Nullable String databaseFault;
    private Map<CampaignId, CampaignPause> pauses = Map.of();
    private boolean draining;

    EngineState(long startNanos, int mostPlanned) {
        timers = new Timers(startNanos);
        journal = new JournalPace(mostPlanned);
    }

    /** The account of a budget holder. */
    Account account(String holder) {
        return accounts.computeIfAbsent(holder, _ -> new Account());
    }

    void countUnexpected(Enum<?> state, Event event) {
        unexpected.merge(state + "/" + event.getClass().getSimpleName(), 1L, Long::sum);
    }

    void countUnknown(Event event) {
        unexpected.merge("unknown/" + event.getClass().getSimpleName(), 1L, Long::sum);
    }

    Map<String, Long> unexpected() {
        return unexpected;
    }

    FloorTerms floorTerms() {
        return floorTerms;
    }

    void floorTerms(FloorTerms terms) {
        floorTerms = terms;
    }

    @Nullable
    String recorderFault() {
        return recorderFault;
    }

    void recorderFault(@Nullable String reason) {
        recorderFault = reason;
    }

    /** Returns why the database does not answer, or null when it does. */
    @Nullable
    String databaseFault() {
        return databaseFault;
    }

    void databaseFault(@Nullable String fault) {
        databaseFault = fault;
    }

    /** Returns the supervisor's order that pauses a campaign, or null. */
    @Nullable
    CampaignPause pauseOf(CampaignId campaign) {
        return pauses.get(campaign);
    }

    void pauses(Map<CampaignId, CampaignPause> all) {
        pauses = Map.copyOf(all);
    }

    boolean draining() {
        return draining;
    }

    void drain() {
        draining = true;
    }
}
