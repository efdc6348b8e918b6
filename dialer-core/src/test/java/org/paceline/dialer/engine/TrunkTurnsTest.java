package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.trunk.TrunkSettings;

/** Campaigns with agents of their own at one trunk that takes fewer calls than they want. */
class TrunkTurnsTest {
    private static final CampaignId AUTUMN = new CampaignId("autumn");
    private static final CampaignId WINTER = new CampaignId("winter");

    private final Story story = new Story();
    private final ArrayDeque<CallId> live = new ArrayDeque<>();
    private int seen;

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldShareChannelsThatComeFreeByAgents(DialMode mode) {
        givenCampaigns(mode, 5, 10, 3, 1_000);
        oldestFail(120, 10);
        assertThat(ofAutumn()).isBetween(75, 85);
    }

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldShareNewCallsOfASecondByAgents(DialMode mode) {
        givenCampaigns(mode, 20, 10, 100, 4);
        oldestFail(120, 250);
        assertThat(ofAutumn()).isBetween(35, 45);
    }

    /** What comes free at once goes to one of them, so each has to pay for all of it. */
    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldShareChannelsThatComeFreeTogetherByAgents(DialMode mode) {
        givenCampaigns(mode, 5, 10, 4, 1_000);
        int before = story.placed().size();
        int ofAutumnBefore = ofAutumn();
        for (int i = 0; i < 40; i++) {
            story.tell(new Event.TrunkChanged(Story.TRUNK, true, 40, "asked to wait"));
            oldestFail(4, 0);
            story.pass(100);
        }
        assertThat(story.placed()).hasSizeGreaterThan(before + 150);
        assertThat((ofAutumn() - ofAutumnBefore) / (double) (story.placed().size() - before))
                .isBetween(0.6, 0.73);
    }

    /** Whose trunk takes all it wants is no yardstick for those that wait at another. */
    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldShareOneTrunkWhateverIsPlacedOnAnother(DialMode mode) {
        TrunkId other = new TrunkId("other");
        story.tell(new Event.TrunkConfigured(new TrunkSettings(other, 100, 0, 1_000, 1, null)))
                .tell(new Event.TrunkChanged(other, true, 0, "answers"));
        story.tell(new Event.CampaignConfigured(story.settings(WINTER, mode, 1, other)));
        story.givenLeads(WINTER, 400);
        givenCampaigns(mode, 5, 10, 3, 1_000);
        givenAgents(WINTER, 1);
        oldestFail(240, 10);
        int atTrunk = story.placed().size() - of(WINTER);
        assertThat(of(WINTER)).isGreaterThan(40);
        assertThat(ofAutumn() / (double) atTrunk).isBetween(0.6, 0.73);
    }

    /** Whose agents were away has no claim to what it did not use. */
    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldNotMakeUpForTheTimeInWhichACampaignWantedNoCalls(DialMode mode) {
        givenCampaigns(mode, 5, 0, 3, 1_000);
        story.tell(new Event.CampaignConfigured(story.settings(WINTER, mode, 1)));
        story.givenLeads(WINTER, 400);
        givenAgents(WINTER, 5);
        oldestFail(60, 10);
        assertThat(ofAutumn()).isZero();
        givenAgents(AUTUMN, 5);
        oldestFail(60, 10);
        assertThat(ofAutumn()).isBetween(18, 22);
    }

    /** One campaign's agents are few, its calls all placed: the other has the rest. */
    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldLeaveNoChannelUnused(DialMode mode) {
        givenCampaigns(mode, 20, 1, 6, 1_000);
        for (int i = 0; i < 60; i++) {
            oldestFails(10);
            assertThat(story.placed().size() - seen + live.size()).isEqualTo(6);
        }
    }

    private void givenCampaigns(DialMode mode, int spring, int autumn, int channels, double callsPerSecond) {
        story.givenTrunk(channels, callsPerSecond).givenCampaign(mode, 1);
        story.tell(new Event.CampaignConfigured(story.settings(AUTUMN, mode, 1)));
        story.givenLeads(400).givenLeads(AUTUMN, 400).pass(50);
        givenAgents(Story.SPRING, spring);
        givenAgents(AUTUMN, autumn);
    }

    private void givenAgents(CampaignId campaign, int agents) {
        for (int i = 0; i < agents; i++) {
            story.givenReadyAgent(campaign + "-" + i, campaign);
        }
        story.pass(1_000);
    }

    /** One by one, with so long between. */
    private void oldestFail(int calls, long everyMillis) {
        for (int i = 0; i < calls; i++) {
            oldestFails(everyMillis);
        }
    }

    private void oldestFails(long afterMillis) {
        for (; seen < story.placed().size(); seen++) {
            live.add(story.placed().get(seen));
        }
        if (!live.isEmpty()) {
            CallId call = live.removeFirst();
            story.stored(call).fails(call, Outcome.BUSY);
        }
        story.pass(afterMillis);
    }

    private int ofAutumn() {
        return of(AUTUMN);
    }

    private int of(CampaignId campaign) {
        return (int) story.all(Effect.PlaceCall.class).stream()
                .filter(place -> place.attempt().order().campaign().equals(campaign))
                .count();
    }
}
