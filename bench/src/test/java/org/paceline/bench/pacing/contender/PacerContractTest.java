package org.paceline.bench.pacing.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.rules.CampaignApproval.ApprovalState;

/**
 * What holds with every pacer, one that knows nothing but how many agents are ready included: the engine and its pacer never
 * dial where they must not.
 */
class PacerContractTest {
    private static final int AGENTS = 10;
    private static final int NO_LIMIT = 10_000;

    /** @param pacer made with what is known of the future */
    record Case(String name, DialMode mode, double lines, Function<Futures, Pacer> pacer) {
        ContractFloor floor(int maxLines) {
            return new ContractFloor(new PacingSettings(mode, lines, maxLines), pacer);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> pacers() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(
                "naive", DialMode.RATIO, 4, _ -> situation -> situation.agentsReady() > 0 ? Integer.MAX_VALUE : 0));
        for (Contender contender : Contender.values()) {
            double factor = contender.search() == null ? Entrant.NO_FACTOR : 2;
            cases.add(new Case(
                    contender.label(),
                    contender.mode(),
                    2,
                    futures -> contender.pacer(contender.mode(), factor, futures)));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("pacers")
    void shouldDialOnlyWithAnAgentSignedIn(Case pacer) {
        ContractFloor floor = pacer.floor(NO_LIMIT).trunk(NO_LIMIT, NO_LIMIT).campaign(ApprovalState.RUNNING);
        assertThat(floor.pass(60).placed()).isZero();
        floor.agents(AGENTS).pass(60);
        assertThat(floor.placed()).isGreaterThanOrEqualTo(AGENTS);
        assertThat(floor.calls().talks()).isPositive();
        int before = floor.everyAgent(AGENTS, new AgentCommand.SignOut()).placed();
        assertThat(floor.pass(60).placed()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("pacers")
    void shouldStopAtOnceWhenEveryAgentPauses(Case pacer) {
        ContractFloor floor = dialling(pacer, NO_LIMIT, NO_LIMIT);
        int before = floor.everyAgent(AGENTS, new AgentCommand.Pause("coffee")).placed();
        assertThat(floor.pass(60).placed()).isEqualTo(before);
        floor.everyAgent(AGENTS, new AgentCommand.Ready()).pass(30);
        assertThat(floor.placed()).isGreaterThan(before);
    }

    @ParameterizedTest
    @MethodSource("pacers")
    void shouldStopAtOnceWhenTheCampaignEnds(Case pacer) {
        ContractFloor floor = dialling(pacer, NO_LIMIT, NO_LIMIT);
        int before = floor.campaign(ApprovalState.ENDED).placed();
        assertThat(floor.pass(60).placed()).isEqualTo(before);
        floor.campaign(ApprovalState.RUNNING).pass(60);
        assertThat(floor.placed()).isGreaterThan(before);
    }

    @ParameterizedTest
    @MethodSource("pacers")
    void shouldKeepTheCampaignsLines(Case pacer) {
        ContractFloor floor = dialling(pacer, 4, NO_LIMIT).pass(200);
        assertThat(floor.calls().mostLive()).isEqualTo(4);
        assertThat(floor.placed()).isGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("pacers")
    void shouldKeepTheTrunksChannels(Case pacer) {
        ContractFloor floor = dialling(pacer, NO_LIMIT, 3).pass(200);
        assertThat(floor.calls().mostLive()).isEqualTo(3);
        assertThat(floor.placed()).isGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("pacers")
    void shouldKeepTheTrunksCallsPerSecond(Case pacer) {
        ContractFloor floor = pacer.floor(NO_LIMIT)
                .trunk(NO_LIMIT, 0.1)
                .campaign(ApprovalState.RUNNING)
                .agents(AGENTS)
                .pass(300);
        assertThat(floor.placed()).isBetween(25, 31);
    }

    /** Money for seven attempts: what rings has its share reserved, what nobody answered gives it back. */
    @ParameterizedTest
    @MethodSource("pacers")
    void shouldKeepTheBudget(Case pacer) {
        ContractFloor floor = pacer.floor(NO_LIMIT)
                .trunk(NO_LIMIT, NO_LIMIT)
                .budget(7 * ContractFloor.ATTEMPT_MICROS)
                .campaign(ApprovalState.RUNNING)
                .agents(AGENTS)
                .pass(600);
        assertThat(floor.calls().mostPaid()).isEqualTo(7);
        assertThat(floor.placed()).isGreaterThan(7);
    }

    private static ContractFloor dialling(Case pacer, int maxLines, int channels) {
        ContractFloor floor = pacer.floor(maxLines)
                .trunk(channels, NO_LIMIT)
                .campaign(ApprovalState.RUNNING)
                .agents(AGENTS)
                .pass(40);
        assertThat(floor.placed()).isGreaterThan(2);
        return floor;
    }
}
