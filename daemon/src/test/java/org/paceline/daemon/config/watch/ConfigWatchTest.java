package org.paceline.daemon.config.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.config.read.ConfigFiles;
import org.paceline.dialer.campaign.Script;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.ScriptState;

class ConfigWatchTest {
    @TempDir
    private Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Script> scripts = new CopyOnWriteArrayList<>();
    private ConfigFiles files;
    private ConfigWatch watch;

    @BeforeEach
    void begin() {
        files = new ConfigFiles(folder);
        files.node(ConfigFiles.NODE);
        files.campaign("autumn", ConfigFiles.CAMPAIGN);
        watch = new ConfigWatch(
                files.read(),
                _ -> null,
                (_, now) -> told.add("node with "
                        + now.agents().stream().map(AgentConfig::id).toList() + " on "
                        + now.trunks().stream().map(TrunkConfig::id).toList()),
                new ConfigWatch.Listener() {
                    @Override
                    public void configured(CampaignConfig campaign) {
                        told.add(campaign.id() + " max-lines "
                                + campaign.settings().pacing().maxLines());
                        Script script = campaign.settings().script();
                        if (script != null) {
                            scripts.add(script);
                        }
                    }

                    @Override
                    public void removed(CampaignId campaign) {
                        told.add(campaign + " removed");
                    }
                },
                ThreadWatch.endingTheProcess());
    }

    @AfterEach
    void end() {
        watch.close();
    }

    private List<String> problems() {
        return watch.files().stream()
                .flatMap(file -> file.problems().stream())
                .map(files::relative)
                .toList();
    }

    @Test
    void shouldSayNothingWhileNothingChanges() {
        watch.look();
        assertThat(told).isEmpty();
        assertThat(watch.files()).hasSize(1).allMatch(CampaignFile::valid);
    }

    private static final String ANN =
            "agents: [{name: ann, address: 'sip:ann@127.0.0.1', token: token-of-ann-at-the-desk}]\n";

    @Test
    void shouldTakeAgentsAndTrunksOfTheNodesFile() {
        files.node(ConfigFiles.NODE + "  - {name: second, host: 127.0.0.2, channels: 3}\n" + ANN);
        watch.look();

        assertThat(told).containsExactly("node with [ann] on [main, second]", "autumn max-lines 50");
        assertThat(watch.node().agents()).extracting(AgentConfig::id).containsExactly(new AgentId("ann"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldChangeNothingWhenAFileSaysTheSameInOtherWords() {
        String node = ConfigFiles.NODE.replace("zone: UTC", "zone: UTC, currency: EUR") + """
              - name: second
                addresses: [{host: 127.0.0.2, priority: 2}, {host: 127.0.0.3}]
                redirects: [127.0.0.4]
                channels: 3
                caller-ids: ["+13055550100..+13055550109"]
                number-format: {callee: national, country: US, rules: [{prefix: "+44", callee: e164-00}]}
                identity: {from: acct-7, privacy: id, display-name: Us, diversion: "+13055550100"}
                account: {user: u, password: a-password, register: true, expires: 10m}
                tariff: [{prefix: "+", per-minute: 0.01}]
            departments: [{name: sales, budget: {month: "10.00"}}]
            floor: {pause-codes: [{code: tea, length: 5m}]}
            api: {leaders: [{name: lee, token: token-of-lee-at-the-desk}]}
            teams: [{name: blue, leader: lee}]
            """
                + ANN.replace("name: ann,", "name: ann, team: blue, skills: [dutch],");
        files.node(node);
        watch.look();
        told.clear();
        files.node(node + "# A remark.\n");
        watch.look();

        assertThat(problems()).isEmpty();
        assertThat(watch.node().trunks()).hasSize(2);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldKeepTheNodesSettingsWhileItsFileIsWrong() {
        files.node(ConfigFiles.NODE + ANN.replace("address", "adress"));
        watch.look();

        assertThat(told).isEmpty();
        assertThat(problems()).anyMatch(problem -> problem.startsWith("paceline.yaml:5: agents[0].adress"));
        files.node(ConfigFiles.NODE + ANN);
        watch.look();
        assertThat(told).containsExactly("node with [ann] on [main]", "autumn max-lines 50");
        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldNotTakeATrunkAwayThatACampaignDialsBy() {
        files.node(ConfigFiles.NODE.replace("name: main", "name: other"));
        watch.look();

        assertThat(told).isEmpty();
        assertThat(problems()).anyMatch(problem -> problem.contains("trunks: no trunk 'main'"));
        assertThat(watch.node().trunk(new TrunkId("main"))).isNotNull();
    }

    @Test
    void shouldNotTakeATrunkWhoseTransportWaitsForARestart() {
        files.node(ConfigFiles.NODE.replace("host: 127.0.0.1}", "host: 127.0.0.1, transports: [udp, tcp]}")
                + "  - {name: second, host: 127.0.0.2, channels: 3, transport: tcp}\n");
        watch.look();

        assertThat(told).isEmpty();
        assertThat(problems())
                .containsExactly("paceline.yaml: trunks: trunk 'second' goes by tcp, which sip.transports takes up at a"
                        + " restart: restart, or add it then");
    }

    @Test
    void shouldNotTakeAnAgentOfNoCampaign() {
        files.node(ConfigFiles.NODE + ANN.replace("name: ann,", "name: ann, campaigns: [winter],"));
        watch.look();

        assertThat(told).isEmpty();
        assertThat(problems()).anyMatch(problem -> problem.contains("no campaign 'winter'"));
    }

    @Test
    void shouldSayWhatWaitsForARestartAndTakeTheRest() {
        files.node(ConfigFiles.NODE.replace("host: 127.0.0.1}", "host: 127.0.0.2}") + ANN);
        watch.look();

        assertThat(told).contains("node with [ann] on [main]");
        assertThat(problems()).containsExactly("paceline.yaml: sip: has changed: comes into force at a restart");
        assertThat(watch.node().sip().host()).isEqualTo("127.0.0.1");
        files.node(ConfigFiles.NODE + ANN);
        watch.look();
        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldKeepTheOldInForceWhileTheFileIsWrong() {
        files.campaign("autumn", ConfigFiles.CAMPAIGN + "pacing: {max-lines: 7}\n");
        watch.look();
        files.campaign("autumn", ConfigFiles.CAMPAIGN + "pacing: {max-lines: lots}\n");
        watch.look();
        assertThat(told).containsExactly("autumn max-lines 7");
        assertThat(problems())
                .containsExactly(
                        "campaigns/autumn.yaml:7: pacing.max-lines: must be a whole number, for example 3; is 'lots'");
        assertThat(watch.files().getFirst().inForce()).isEqualTo(new CampaignId("autumn"));

        files.campaign("autumn", ConfigFiles.CAMPAIGN + "pacing: {max-lines: 9}\n");
        watch.look();
        assertThat(told).containsExactly("autumn max-lines 7", "autumn max-lines 9");
        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldRefuseAFifoALargeFileAndAFolderAndGoOnWithTheOthers() throws Exception {
        Path folder = Objects.requireNonNull(files.campaign("spring", ConfigFiles.CAMPAIGN.replace("autumn", "spring"))
                .getParent());
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("fifo.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createDirectory(folder.resolve("folder.yaml"));
        Files.writeString(folder.resolve("large.yaml"), "#".repeat(10_000_000));
        watch.look();

        assertThat(told).containsExactly("spring max-lines 50");
        assertThat(problems())
                .containsExactly(
                        "campaigns/fifo.yaml: is no regular file (a FIFO, socket or device): must be a file of at most"
                                + " 1048576 bytes",
                        "campaigns/folder.yaml: is a folder: must be a file of at most 1048576 bytes",
                        "campaigns/large.yaml: has 10000000 bytes: must have at most 1048576");

        Files.delete(folder.resolve("fifo.yaml"));
        files.campaign("autumn", ConfigFiles.CAMPAIGN + "pacing: {max-lines: 7}\n");
        watch.look();
        assertThat(told).containsExactly("spring max-lines 50", "autumn max-lines 7");
    }

    @Test
    void shouldSayThatThereIsNoFileWhereALinkLeadsNowhere() throws Exception {
        Path campaigns = Objects.requireNonNull(
                files.campaign("autumn", ConfigFiles.CAMPAIGN).getParent());
        Files.createSymbolicLink(campaigns.resolve("spring.yaml"), campaigns.resolve("gone"));
        watch.look();

        assertThat(told).isEmpty();
        assertThat(problems()).containsExactly("campaigns/spring.yaml: there is no such file or folder");
    }

    @Test
    void shouldKeepWhatIsInForceWhenItsFileBecomesAFifo() throws Exception {
        Path autumn = files.campaign("autumn", ConfigFiles.CAMPAIGN);
        Files.delete(autumn);
        assertThat(new ProcessBuilder("mkfifo", autumn.toString()).start().waitFor())
                .isZero();
        watch.look();

        assertThat(told).isEmpty();
        assertThat(watch.files().getFirst().inForce()).isEqualTo(new CampaignId("autumn"));
        assertThat(problems()).hasSize(1).first().asString().contains("no regular file");
    }

    @Test
    void shouldSeeAScriptThatWasAltered() {
        files.write("campaigns/autumn.txt", "Good morning.");
        String approved = "e3522eadca07c9501d5e4422f42559a7db6e4cee9d116248117bd4af2f884659";
        files.campaign(
                "autumn", ConfigFiles.CAMPAIGN + "script: {file: autumn.txt, version: v3, sha256: " + approved + "}\n");
        watch.look();
        assertThat(scripts.getLast()).isEqualTo(new Script("v3", ScriptState.APPROVED));
        files.write("campaigns/autumn.txt", "Good evening.");
        watch.look();
        assertThat(scripts.getLast()).isEqualTo(new Script("v3", ScriptState.ALTERED));
    }

    @Test
    void shouldTakeUpNewFilesAndTellOfGoneOnes() throws Exception {
        Path spring = files.campaign("spring", ConfigFiles.CAMPAIGN.replace("autumn", "spring"));
        watch.look();
        Files.delete(spring);
        watch.look();
        assertThat(told).containsExactly("spring max-lines 50", "spring removed");
    }

    @Test
    void shouldKeepWhatIsInForceWhileTheFolderIsAway() throws Exception {
        Path campaigns = folder.resolve("campaigns");
        Path away = folder.resolve("away");
        Files.move(campaigns, away);
        watch.look();
        watch.look();
        assertThat(told).isEmpty();
        assertThat(problems())
                .containsExactly("campaigns: cannot be listed (there is no such file or folder): must be a folder that"
                        + " this user may read");
        assertThat(watch.files())
                .filteredOn(CampaignFile::valid)
                .extracting(CampaignFile::inForce)
                .containsExactly(new CampaignId("autumn"));

        Files.move(away, campaigns);
        watch.look();
        assertThat(told).isEmpty();
        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldTakeTheSecondFileOfANameOnceTheFirstIsGone() throws Exception {
        files.campaign("zweite", ConfigFiles.CAMPAIGN);
        watch.look();
        assertThat(problems()).hasSize(1).first().asString().contains("campaign 'autumn' is there already");
        Files.delete(folder.resolve("campaigns/autumn.yaml"));
        watch.look();
        assertThat(told).containsExactly("autumn removed", "autumn max-lines 50");
        assertThat(problems()).isEmpty();
    }

    @Test
    void shouldReadAgainWhenAsked() {
        watch.reload();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> told.equals(List.of("autumn max-lines 50")));
    }

    @Test
    void shouldMissAFileThatWentJustBeforeItWasAsked() throws Exception {
        Files.delete(folder.resolve("campaigns/autumn.yaml"));
        watch.reload();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> told.equals(List.of("autumn removed")));
    }

    @Test
    void shouldSeeAChangeWithinSeconds() {
        watch.start();
        files.campaign("autumn", ConfigFiles.CAMPAIGN + "pacing: {max-lines: 8}\n");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> told.equals(List.of("autumn max-lines 8")));
    }
}
