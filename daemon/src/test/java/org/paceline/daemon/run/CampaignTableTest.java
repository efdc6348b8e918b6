package org.paceline.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.config.watch.ConfigWatch;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.state.IdleReason;

class CampaignTableTest {
    private static final CampaignId AUTUMN = new CampaignId("autumn");
    private static final CampaignId SPRING = new CampaignId("spring");

    @TempDir
    private Path folder;

    private List<CampaignConfig> configured;
    private CampaignTable table;
    private ConfigWatch.Listener listener;

    @BeforeEach
    void configure() throws Exception {
        Files.createDirectories(folder.resolve("campaigns"));
        Files.createDirectories(folder.resolve("policies"));
        Files.writeString(folder.resolve("hello.txt"), "Good morning.");
        for (String name : List.of("spring", "autumn")) {
            Files.writeString(folder.resolve("campaigns/" + name + ".yaml"), """
                    name: %s
                    approval: {state: running, by: Jane}
                    caller-id: "+13055550100"
                    caller-ids: ["+13055550100"]
                    policies: [us-federal]
                    trunks: [main]
                    script: {file: ../hello.txt, version: v1, sha256: e3522eadca07c9501d5e4422f42559a7db6e4cee9d116248117bd4af2f884659}
                    """.formatted(name));
        }
        Path file = Files.writeString(folder.resolve("paceline.yaml"), """
                node: {name: n1, zone: UTC}
                database: {file: data/paceline}
                sip: {host: 127.0.0.1, port: 0}
                trunks: [{name: main, host: 127.0.0.1, port: 5060, channels: 30, caller-ids: ["+13055550100"]}]
                api: {port: 0, supervisors: [{name: boss, token: boss-token-0123456789}]}
                """);
        configured = Configuration.read(file, _ -> null).campaigns();
        table = new CampaignTable(List.of());
        listener = table.tellingOf(new Heard(), _ -> {}, _ -> {});
    }

    private CampaignConfig config(CampaignId id) {
        return configured.stream()
                .filter(campaign -> campaign.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldShowWhatIsInForceBeforeTheEngineDoesAndNotAsDialling() {
        listener.configured(config(SPRING));
        listener.configured(config(AUTUMN));

        List<Snapshot.CampaignStatus> shown = table.with(List.of());

        assertThat(shown).extracting(Snapshot.CampaignStatus::id).containsExactly(AUTUMN, SPRING);
        assertThat(shown).noneMatch(Snapshot.CampaignStatus::dialling);
        assertThat(shown.getFirst().idleReasons()).extracting(IdleReason::code).containsExactly("campaign.new");
    }

    @Test
    void shouldShowEachOnceWhenTheEngineShowsItAndARemovedOneAsLongAsItDoes() {
        listener.configured(config(AUTUMN));
        Snapshot.CampaignStatus seen =
                Snapshot.CampaignStatus.notTakenUp(config(AUTUMN).settings());
        listener.configured(config(SPRING));

        assertThat(table.with(List.of(seen)))
                .extracting(Snapshot.CampaignStatus::id)
                .containsExactly(AUTUMN, SPRING);
        listener.removed(AUTUMN);
        listener.removed(SPRING);
        assertThat(table.with(List.of(seen))).containsExactly(seen);
    }

    @Test
    void shouldKeepTheScriptOfARemovedCampaignForTheCallsThatGoOn() {
        listener.configured(config(AUTUMN));
        listener.removed(AUTUMN);

        assertThat(table.script(AUTUMN)).isEqualTo(config(AUTUMN).script()).isNotNull();
        assertThat(table.script(SPRING)).isNull();
    }

    @Test
    void shouldForgetTheScriptOfARemovedCampaignThatCameBackWithoutOne() {
        listener.configured(config(AUTUMN));
        listener.removed(AUTUMN);
        listener.configured(withoutScript(config(AUTUMN)));
        assertThat(table.script(AUTUMN)).isNull();

        listener.removed(AUTUMN);

        assertThat(table.script(AUTUMN)).isNull();
    }

    private static CampaignConfig withoutScript(CampaignConfig config) {
        return new CampaignConfig(
                config.file(),
                config.settings(),
                config.approval(),
                config.policies(),
                config.rules(),
                config.dailyTarget(),
                config.followUpShare(),
                null);
    }
}
