package org.paceline.dialer.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.time.Moment;

class FloorTest {
    private static final CampaignId SPRING = new CampaignId("spring");
    private static final CampaignId AUTUMN = new CampaignId("autumn");
    private static final AgentAddress PHONE = new AgentAddress("sip:a@127.0.0.1");
    private static final int AGENTS = 8;

    private final Floor floor = new Floor();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldCountTheMembersOfEachStateWhateverAgentsDo(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 500; step++) {
            AgentId id = new AgentId("agent-" + random.nextInt(AGENTS));
            act(id, floor.find(id), random, new Moment(step, step));
            assertCounts(SPRING, "seed=" + seed + " step=" + step);
            assertCounts(AUTUMN, "seed=" + seed + " step=" + step);
        }
    }

    private void act(AgentId id, @Nullable Agent known, Random random, Moment now) {
        if (known == null || known.state() == AgentState.SIGNED_OUT) {
            Set<CampaignId> campaigns = random.nextBoolean() ? Set.of(SPRING) : Set.of(SPRING, AUTUMN);
            floor.signIn(id, new AgentCommand.SignIn(PHONE, campaigns, 0), Map.of(), 0, now);
        } else if (random.nextInt(10) == 0) {
            known.servesAllBut(random.nextBoolean() ? Map.of() : Map.of(SPRING, "not trained for it"));
        } else {
            switch (random.nextInt(4)) {
                case 0 -> known.isReady(null, 0, now);
                case 1 -> known.pauses(Pause.bySystem("lunch"), 0, now);
                case 2 -> known.losesLine("408", 0, now);
                default -> known.signsOut(null, 0, now);
            }
        }
    }

    private void assertCounts(CampaignId campaign, String when) {
        Pool pool = floor.pool(campaign);
        for (AgentState state : AgentState.values()) {
            assertThat(pool.count(state)).as("%s %s %s", when, campaign, state).isEqualTo((int) pool.members().stream()
                    .filter(agent -> agent.state() == state)
                    .count());
        }
    }
}
