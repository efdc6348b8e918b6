package org.paceline.daemon.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.show.EffectiveConfig;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.rules.Budget;
import org.paceline.sip.trunk.TrunkHost;

class ConfigurationTest {
    @TempDir
    private Path folder;

    private ConfigFiles files;

    @BeforeEach
    void writeWhatIsRight() {
        files = new ConfigFiles(folder);
        files.node(ConfigFiles.NODE);
        files.campaign("autumn", ConfigFiles.CAMPAIGN);
    }

    @Test
    void shouldPinEveryDefaultOfTheNode() {
        DaemonConfig config = files.read().daemon();
        assertThat(EffectiveConfig.of(config)
                        .replace(folder.toString(), "FOLDER")
                        .replace(String.valueOf(folder.getParent()), "PARENT"))
                .isEqualTo("""
                        node:
                          name: n1
                          zone: UTC
                          # currency: not set
                          drain-limit: 1m
                          lease: 1m
                        database:
                          file: PARENT/data/paceline
                          user: paceline
                          # password: not set
                          connections: 8
                          durability: process
                          log-folder: PARENT/data
                          recovery-limit: 5m
                          copy-every: 15m
                        sip:
                          host: 127.0.0.1
                          # advertised-address: not set
                          port: 5060
                          transports: [udp]
                          caller-id-host: 127.0.0.1
                          user-agent: Paceline
                          dns: []
                          trace-memory: 16MiB
                        registrar:
                          realm: paceline
                          digests: [sha-256, md5]
                          shortest: 1m
                          longest: 1h
                          phones-per-agent: 4
                          tries: 5
                        trunks:
                          - name: main
                            host: 127.0.0.1
                            # port: not set
                            transport: udp
                            large-by-tcp: false
                            failover-after: 4s
                            channels: 30
                            reserved-channels: 0
                            calls-per-second: 10.0
                            caller-ids: []
                            priority: 1
                            probe: options
                            probe-interval: 30s
                            match: []
                            redirects: []
                            100rel: offer
                            session-expires: 30m
                            number-format:
                              callee: e164
                              caller: e164
                              tech-prefix: none
                              # country: not set
                              user-phone: false
                              # rules: not set
                            identity:
                              from: caller-id
                              # host: not set
                              # display-name: not set
                              caller-id-header: p-asserted-identity
                              privacy: none
                              # diversion: not set
                            # tariff: not set
                        media:
                          first-port: 20000
                          last-port: 29999
                          # recordings: not set
                          silence-timeout: 1m
                          phone-timeout: 3s
                          # host: not set
                          # advertised-address: not set
                        floor:
                          # break-time: not set
                          sign-in-limit: 2m
                          line-grace: 1m
                        api:
                          host: 127.0.0.1
                          port: 8080
                        daily-target:
                          # calls: not set
                          # new: not set
                          # follow-up: not set
                          valid-after: 30s
                        complaints:
                          owner: supervisors
                          due: 2d
                        campaigns: FOLDER/campaigns
                        policies: FOLDER/policies
                        """);
    }

    @Test
    void shouldPinEveryDefaultOfACampaign() {
        assertThat(EffectiveConfig.of(files.read().campaigns().getFirst())).isEqualTo("""
                        name: autumn
                        approval:
                          state: running
                          by: Jane
                          # from: not set
                          # until: not set
                        policies: [us-federal]
                        caller-id: "+13055550100"
                        caller-ids: ["+13055550100..+13055550109"]
                        caller-id-choice: fixed
                        trunks: [main]
                        pacing:
                          mode: progressive
                          lines-per-agent: 1.0
                          max-lines: 50
                        ring-limit: 30s
                        wrap-up: 30s
                        after-wrap-up: ready
                        qualification:
                          required: false
                        skills: []
                        talk-limit:
                          # warn: not set
                          # end: not set
                        agent-ring:
                          limit: 15s
                        # matter: not set
                        callbacks:
                          personal-grace: 30m
                          on-time: 15m
                        daily-target:
                          # calls: not set
                          # new: not set
                          # follow-up: not set
                          valid-after: 30s
                        # dispositions: not set
                        retries:
                          max-attempts: 3
                          after:
                            connected: never
                            abandoned: 3d
                            no-answer: 4h
                            busy: 30m
                            machine: 1d
                            fax: never
                            invalid-number: never
                            rejected: never
                            unwanted: never
                            congestion: 15m
                            trunk-failed: 15m
                            cancelled: 15m
                            caller-hung-up: 1d
                            interrupted: 4h
                        list-mix:
                          # follow-up: not set
                        recording: never
                        # recording-notice: not set
                        # abandonment-message: not set
                        """);
    }

    @Test
    void shouldReadBackWhatItPrints() {
        files.campaign(
                "autumn",
                ConfigFiles.CAMPAIGN
                        + "matter: \"Renewal: 2025\"\ndispositions: [{name: sale, means: success}, {name: note}]\ndaily-target: {new: 3}");
        files.node(ConfigFiles.NODE + "daily-target: {calls: 80, new: 40, valid-after: 20s}");
        CampaignConfig campaign = files.read().campaigns().getFirst();
        assertThat(campaign.settings().calls().dispositions().list())
                .containsExactly(
                        new Disposition("sale", Disposition.Meaning.SUCCESS),
                        new Disposition("note", Disposition.Meaning.NOTHING));
        assertThat(campaign.settings().calls().matter()).isEqualTo("Renewal: 2025");
        assertThat(campaign.dailyTarget()).isEqualTo(new DailyTarget(80, 3, null, Duration.ofSeconds(20)));
        String printed = EffectiveConfig.of(campaign);
        files.campaign("autumn", printed);
        assertThat(EffectiveConfig.of(files.read().campaigns().getFirst())).isEqualTo(printed);
    }

    @Test
    void shouldTakeNameServersWithAndWithoutPortAndShowThem() {
        files.node(ConfigFiles.NODE.replace(
                "sip: {host: 127.0.0.1}",
                "sip: {host: 127.0.0.1, dns: ['127.0.0.1:5353', '2001:db8::53', '[2001:db8::53]:5353']}"));
        files.campaign("autumn", ConfigFiles.CAMPAIGN);
        DaemonConfig read = files.read().daemon();
        assertThat(read.sip().nameServers())
                .extracting(InetSocketAddress::getPort)
                .containsExactly(5353, 53, 5353);

        String printed = EffectiveConfig.of(read);
        files.node(printed);
        assertThat(files.read().daemon().sip()).isEqualTo(read.sip());
    }

    @Test
    void shouldTakeSeveralAddressesOfATrunkAndShowThem() {
        files.node(ConfigFiles.NODE.replace(
                "host: 127.0.0.1, channels",
                "addresses: [{host: sip.example}, {host: 192.0.2.1, port: 5080, priority: 2, weight: 10}], channels"));
        files.campaign("autumn", ConfigFiles.CAMPAIGN);
        DaemonConfig read = files.read().daemon();
        assertThat(read.trunks().getFirst().hosts())
                .containsExactly(new TrunkHost("sip.example", 0, 1, 0), new TrunkHost("192.0.2.1", 5080, 2, 10));

        String printed = EffectiveConfig.of(read);
        assertThat(printed).doesNotContain("\n    host:");
        files.node(printed);
        assertThat(EffectiveConfig.of(files.read().daemon())).isEqualTo(printed);
    }

    @Test
    void shouldTakeWhatIsSaidOfAgentsLinesAndTheirRings() {
        files.node(ConfigFiles.NODE + """
                agents:
                  - {name: ann, address: "sip:ann@127.0.0.1", token: env:BOSS, line: per-call}
                  - {name: ben, address: "sip:ben@127.0.0.1", token: another-long-token}
                """);
        files.campaign("autumn", ConfigFiles.CAMPAIGN + "agent-ring: {limit: 12s}");
        Configuration read = files.read();
        assertThat(read.daemon().agents())
                .extracting(agent -> agent.address().line())
                .containsExactly(LineKind.PER_CALL, LineKind.STANDING);
        assertThat(EffectiveConfig.of(read.daemon()))
                .contains("line: per-call\n")
                .contains("line: standing\n");
        assertThat(read.campaigns().getFirst().settings().agents().ringMillis()).isEqualTo(12_000);
        assertThat(EffectiveConfig.of(read.campaigns().getFirst())).contains("agent-ring:\n  limit: 12s\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    node: {name: n1, zone: UTC}         | node: {name: n1, zone: Mars}        | paceline.yaml:1: node.zone: must be a time zone of the tz database, for example Europe/Berlin; is 'Mars'
                    node: {name: n1, zone: UTC}         | node: {zone: UTC}                   | paceline.yaml:1: node.name: is missing: must be a name of letters, digits, '.', '_' and '-'
                    node: {name: n1, zone: UTC}         | nod: {name: n1, zone: UTC}          | paceline.yaml:1: node.name: is missing: must be a name of letters, digits, '.', '_' and '-'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1, port: 70000} | paceline.yaml:2: sip.port: must be a port from 1 to 65535, or 0 for any free one; is 70000
                    channels: 30                        | channels: many                      | paceline.yaml:4: trunks[0].channels: must be a whole number, for example 3; is 'many'
                    channels: 30                        | channels: 30, reserved-channels: 30 | paceline.yaml:4: trunks[0].reserved-channels: must be a number from 0 to below channels, which is 30; is 30
                    host: 127.0.0.1, channels           | host: 127.0.0.1, addresses: [{host: 192.0.2.1}], channels | paceline.yaml:4: trunks[0].host: stands beside 'addresses': keep the list, or 'host' and 'port' for a single address
                    sip: {host: 127.0.0.1}              | sip: {host: 0.0.0.0} | paceline.yaml:2: sip.host: is 0.0.0.0, to which nobody can send: set sip.advertised-address to the address of this machine that trunks and phones reach, or name that address here
                    sip: {host: 127.0.0.1}              | sip: {host: "::"} | paceline.yaml:2: sip.host: is ::, to which nobody can send: set sip.advertised-address to the address of this machine that trunks and phones reach, or name that address here
                    sip: {host: 127.0.0.1}              | sip: {host: 0.0.0.0, advertised-address: 0.0.0.0} | paceline.yaml:2: sip.advertised-address: must be an IP address that others can send to, for example 198.51.100.7; is '0.0.0.0'
                    sip: {host: 127.0.0.1}              | sip: {host: 0.0.0.0, advertised-address: "2001:db8::1"} | paceline.yaml:2: sip.advertised-address: is of another family (IPv4, IPv6) than sip.host: must be an address at which sip.host is reached
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#media: {host: 0.0.0.0} | paceline.yaml:3: media.host: is 0.0.0.0, to which nobody can send: set media.advertised-address to the address of this machine that trunks and phones reach, or name that address here
                    host: 127.0.0.1, channels           | host: "2001:db8::1", channels         | paceline.yaml:4: trunks[0].host: is IPv6, to which sip.host cannot send: let sip.host be of that family, or name the trunk's other address
                    host: 127.0.0.1, channels           | host: 127.0.0.1, match: [0.0.0.0/0], channels | paceline.yaml:4: trunks[0].match: has 0.0.0.0/0, which lets in half the internet: must be a range of at most /8, better the carrier's own networks
                    host: 127.0.0.1, channels           | host: 127.0.0.1, match: ["2001::/16"], channels | paceline.yaml:4: trunks[0].match: has 2001::/16, which lets in half the internet: must be a range of at most /20, better the carrier's own networks
                    host: 127.0.0.1, channels           | host: 127.0.0.1, match: [203.0.113.7/24], channels | paceline.yaml:4: trunks[0].match: has 203.0.113.7/24, whose address is not the first of its range: must be 203.0.113.0/24
                    host: 127.0.0.1, channels           | host: 127.0.0.1, match: [224.0.0.0/16], channels | paceline.yaml:4: trunks[0].match: has 224.0.0.0/16, from which nobody sends: must be addresses of the carrier
                    host: 127.0.0.1, channels           | host: 127.0.0.1, match: [203.0.113.0/33], channels | paceline.yaml:4: trunks[0].match[0]: must be an IP address, a range as 203.0.113.0/24 or 2001:db8::/48, or a host name; is '203.0.113.0/33'
                    {name: main, host: 127.0.0.1, channels: 30} | {name: main, host: 127.0.0.1, channels: 30, match: [203.0.113.0/24]}#  - {name: b, host: 127.0.0.1, channels: 30, match: [203.0.113.128/25]} | paceline.yaml:5: trunks[1].match: has 203.0.113.128/25, which overlaps with 203.0.113.0/24 of trunk 'main' in line 4: an address belongs to one trunk, and is let in for all; keep it in one of them
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1, dns: [ns1.example]} | paceline.yaml:2: sip.dns[0]: must be an IP address, for example 192.0.2.53, with a port where it is not 53, as 127.0.0.1:5353 or [2001:db8::53]:5353; is 'ns1.example'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1, dns: [192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4]} | paceline.yaml:2: sip.dns: has 4 name servers: must be at most 3
                    host: 127.0.0.1, channels           | port: 5080, addresses: [{host: 192.0.2.1}], channels | paceline.yaml:4: trunks[0].port: stands beside 'addresses': keep the list, or 'host' and 'port' for a single address
                    host: 127.0.0.1, channels           | channels | paceline.yaml:4: trunks[0].host: is missing: must be a host name or address, or there must be a list of addresses
                    host: 127.0.0.1, channels           | addresses: [], channels | paceline.yaml:4: trunks[0].addresses: is empty: must have at least one address, or be left out beside 'host'
                    host: 127.0.0.1, channels           | addresses: [{host: "192.0.2.1:5060"}], channels | paceline.yaml:4: trunks[0].addresses[0].host: must be a host name or address that others can send to, without a port; 0.0.0.0 and :: are none: name the address of this machine that trunks and phones reach; is '192.0.2.1:5060'
                    host: 127.0.0.1, channels           | addresses: [{host: 192.0.2.1}, {host: 192.0.2.1}], channels | paceline.yaml:4: trunks[0].addresses[1].host: stands with the same port in line 4 already; keep one
                    channels: 30                        | channels: 30, failover-after: 100ms | paceline.yaml:4: trunks[0].failover-after: must be a duration from 1s to 30s; is 100ms
                    channels: 30                        | channels: 30, chanels: 1            | paceline.yaml:4: trunks[0].chanels: unknown key; did you mean 'channels'?
                    channels: 30                        | channels: 30, caller-ids: [305]     | paceline.yaml:4: trunks[0].caller-ids[0]: must be a number as +13055550100 or a range as +13055550100..+13055550199; is '305'
                    channels: 30                        | channels: 30, caller-ids: ["+4930123456"] | campaigns/autumn.yaml:4: caller-id: +13055550100 is not accepted by trunk 'main', which takes [+4930123456]
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#media: {first-port: 20001} | paceline.yaml:3: media.first-port: must be an even port from 1024 to 65534; is 20001
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#database: {url: "jdbc:postgresql://h/d", file: x} | paceline.yaml:3: database.url: stands beside 'file': keep 'url' for PostgreSQL or 'file' for the embedded database
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: nowhere, token: env:BOSS}] | paceline.yaml:3: agents[0].address: must be a SIP URI, for example sip:alice@192.0.2.7:5060; is 'nowhere'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h", token: env:BOSS, line: percall}] | paceline.yaml:3: agents[0].line: must be one of standing, per-call; is 'percall'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h", token: short}] | paceline.yaml:3: agents[0].token: has 5 characters: must have at least 16, for example from 'openssl rand -hex 16'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h?Subject=x", token: env:BOSS}] | paceline.yaml:3: agents[0].address: must be a SIP URI, for example sip:alice@192.0.2.7:5060; is 'sip:a@h?Subject=x'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h", token: "a-token-of-alice\\r\\nX: y"}] | paceline.yaml:3: agents[0].token: must be printable ASCII in one line: no client can send other characters in a header
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h", token: "a-token-of-älice"}] | paceline.yaml:3: agents[0].token: must be printable ASCII in one line: no client can send other characters in a header
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#database: {file: "x;PASSWORD=y"} | paceline.yaml:3: database.file: must be a path without ';', behind which H2 reads options
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h", token: env:NONE}] | paceline.yaml:3: agents[0].token: environment variable NONE is not set; set it, or write file:PATH
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h", token: env:BOSS, campaigns: [zoe]}] | paceline.yaml:3: agents[0].campaigns: no campaign 'zoe' in campaigns; there: [autumn]
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h", token: env:BOSS}, {name: a, address: "sip:b@h", token: another-long-token}] | paceline.yaml:3: agents[1].name: agent 'a' is there already, in line 3; name each one differently
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h", token: env:BOSS}, {name: b, address: "sip:b@h", token: env:BOSS}] | paceline.yaml:3: agents[1].token: is the token of line 3 too; give each its own
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#floor: {pause-codes: [{code: lunch}, {code: lunch}]} | paceline.yaml:3: floor.pause-codes[1].code: 'lunch' is there already, in line 3; name each one once
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#floor: {pause-codes: [{length: 30m}]} | paceline.yaml:3: floor.pause-codes[0].code: is missing: must be a name of letters, digits, '.', '_' and '-'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#floor: {pause-codes: [{code: lunch, length: 30, break: true}]} | paceline.yaml:3: floor.pause-codes[0].length: must be a duration, for example 30s, 15m, 2h, 30d or 1h30m; is '30'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#floor: {pause-codes: [{code: lunch}], break-time: 1h} | paceline.yaml:3: floor.break-time: limits nothing: no code of floor.pause-codes has break: true
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#floor: {line-grace: 1s} | paceline.yaml:3: floor.line-grace: must be a duration from 5s to 4h, or 0s for no limit; is 1s
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#teams: [{name: blue, on-break-at-most: 2}] | paceline.yaml:3: teams[0].on-break-at-most: limits nothing: no code of floor.pause-codes has break: true
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#teams: [{name: blue, on-break-at-most: 0}] | paceline.yaml:3: teams[0].on-break-at-most: must be a number from 1 to 10000; is 0
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#teams: [{name: blue, leader: carol}] | paceline.yaml:3: teams[0].leader: no leader 'carol' in api.leaders; it is empty
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#api: {leaders: [{name: dan, token: env:BOSS}]}#teams: [{name: blue, leader: carol}] | paceline.yaml:4: teams[0].leader: no leader 'carol' in api.leaders; there: dan
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#teams: [{name: blue}]#agents: [{name: a, address: "sip:a@h", token: env:BOSS, team: bleu}] | paceline.yaml:4: agents[0].team: no team 'bleu' in teams; there: blue
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#complaints: {due: 0s} | paceline.yaml:3: complaints.due: must be a duration from 1m to 366d; is 0s
                    channels: 30                        | channels: 30, tariff: [{prefix: "+", per-minute: 0.01}] | paceline.yaml:1: node.currency: is missing: must be a currency of three letters, for example EUR, as trunk 'main' has a tariff
                    zone: UTC}                          | zone: UTC, currency: Euro}          | paceline.yaml:1: node.currency: must be a currency of three letters, for example EUR; is 'Euro'
                    channels: 30                        | channels: 30, tariff: [{prefix: "1", per-minute: 0.01}] | paceline.yaml:4: trunks[0].tariff[0].prefix: must be + and the first digits of numbers, for example +1305, or + for all others; is '1'
                    channels: 30                        | channels: 30, tariff: [{prefix: "+"}] | paceline.yaml:4: trunks[0].tariff[0].per-minute: is missing: must be a price of at most 1000.00 with at most six decimals, for example 0.012
                    channels: 30                        | channels: 30, tariff: [{prefix: "+", per-minute: 0.0000012}] | paceline.yaml:4: trunks[0].tariff[0].per-minute: must be a price of at most 1000.00 with at most six decimals, for example 0.012; is '0.0000012'
                    channels: 30                        | channels: 30, tariff: [{prefix: "+", per-minute: 1001}] | paceline.yaml:4: trunks[0].tariff[0].per-minute: must be a price of at most 1000.00 with at most six decimals, for example 0.012; is '1001'
                    channels: 30                        | channels: 30, tariff: [{prefix: "+", per-minute: 1, increment: 60}] | paceline.yaml:4: trunks[0].tariff[0].increment: must be the steps that calls are charged in: one duration, for example 6s, or the first and the next ones, for example 60s/6s; is '60'
                    channels: 30                        | channels: 30, tariff: [{prefix: "+1", per-minute: 1}, {prefix: "+1", per-minute: 2}] | paceline.yaml:4: trunks[0].tariff[1].prefix: has a rate already, in line 4; keep one
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#departments: [{name: sales}] | paceline.yaml:3: departments[0].budget.month: is missing: must be an amount with at most six decimals, for example 500.00
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1, trace-memory: 16}          | paceline.yaml:2: sip.trace-memory: must be a size from 1MiB to 1GiB, for example 16MiB, or 0 for none; is '16'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1, trace-memory: 2GiB}        | paceline.yaml:2: sip.trace-memory: must be a size from 1MiB to 1GiB, for example 16MiB, or 0 for none; is '2GiB'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1, user-agent: "a\\r\\nX: y"} | paceline.yaml:2: sip.user-agent: must be 1 to 100 printable ASCII characters in one line, for example Paceline; is 'aU+000DU+000AX: y'
                    sip: {host: 127.0.0.1}              | sip: {host: "h\\r\\nX: y"} | paceline.yaml:2: sip.host: must be a host name or address of this machine, without a port; is 'hU+000DU+000AX: y'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1, caller-id-host: "h\\n"} | paceline.yaml:2: sip.caller-id-host: must be a host name or address that others can send to, without a port; 0.0.0.0 and :: are none: name the address of this machine that trunks and phones reach; is 'hU+000A'
                    host: 127.0.0.1, channels           | host: "h\\n", channels               | paceline.yaml:4: trunks[0].host: must be a host name or address that others can send to, without a port; 0.0.0.0 and :: are none: name the address of this machine that trunks and phones reach; is 'hU+000A'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#agents: [{name: a, address: "sip:a@h\\0", token: env:BOSS}] | paceline.yaml:3: agents[0].address: must be a SIP URI, for example sip:alice@192.0.2.7:5060; is 'sip:a@hU+0000'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#complaints: {owner: "jane\\nat=1"} | paceline.yaml:3: complaints.owner: must be text in one line, without control characters; is 'janeU+000Aat=1'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#database: {url: "jdbc:mysql://u:hidden@h/d?password=hidden"} | paceline.yaml:3: database.url: must be a URL that begins with jdbc:postgresql: and has no spaces
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#media: {silence-timeout: 999999999d} | paceline.yaml:3: media.silence-timeout: must be a duration, for example 30s, 15m, 2h, 30d or 1h30m; is '999999999d'
                    sip: {host: 127.0.0.1}              | sip: {host: 127.0.0.1}#campaigns: elsewhere | paceline.yaml:3: campaigns: no folder elsewhere; it must hold one YAML file a campaign
                    """)
    void shouldSayWhatIsWrongWithTheNode(String right, String wrong, String problem) {
        files.node(ConfigFiles.NODE.replace(right, wrong.replace('#', '\n')));
        assertThat(files.problems()).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    name: autumn              | name: au tumn                | campaigns/autumn.yaml:1: name: must be a name of letters, digits, '.', '_' and '-'; is 'au tumn'
                    state: running, by: Jane  | state: running               | campaigns/autumn.yaml:2: approval.by: is missing: must name who approved it, as the state is running
                    state: running, by: Jane  | state: on                    | campaigns/autumn.yaml:2: approval.state: must be one of draft, submitted, approved, running, ended; is 'on'
                    state: running, by: Jane  | state: running, by: Jane, from: 2026-12-01, until: 2026-11-30 | campaigns/autumn.yaml:2: approval.until: must be a day not before 2026-12-01; is 2026-11-30
                    [us-federal]              | [us-fedral]                  | campaigns/autumn.yaml:3: policies: no policy 'us-fedral'; did you mean 'us-federal'?
                    policies: [us-federal]    | ` `                          | campaigns/autumn.yaml:1: policies: is missing: must be a list, each the id of a policy, for example [us-federal]
                    [us-federal]              | []                           | campaigns/autumn.yaml:3: policies: must be a list of at least one policy; is []
                    [main]                    | [mane]                       | campaigns/autumn.yaml:6: trunks: no trunk 'mane' in paceline.yaml; there: main
                    [main]                    | [main, main]                 | campaigns/autumn.yaml:6: trunks: has trunk 'main' twice; keep one
                    "+13055550100"            | "+13055550200"               | campaigns/autumn.yaml:4: caller-id: +13055550200 is not allotted: must be within caller-ids [+13055550100..+13055550109]
                    trunks: [main]            | trunks: [main]#ring-limit: 10s | campaigns/autumn.yaml:7: ring-limit: must be at least 15s, as 16 CFR 310.4(b)(4)(i)-(ii); 47 CFR 64.1200(a)(6)-(7) demands; is 10s
                    trunks: [main]            | trunks: [main]#ring-limit: 10 | campaigns/autumn.yaml:7: ring-limit: must be a duration, for example 30s, 15m, 2h, 30d or 1h30m; is '10'
                    trunks: [main]            | trunks: [main]#pacing: {lines-per-agent: 2} | campaigns/autumn.yaml:7: pacing.lines-per-agent: is 2.0, but progressive mode dials one line for each agent: set mode: ratio, or leave it out
                    trunks: [main]            | trunks: [main]#pacing: {mode: ratio, aggressiveness: 90%} | campaigns/autumn.yaml:7: pacing.aggressiveness: holds in predictive mode only, and the mode is ratio: set mode: predictive, or leave it out
                    trunks: [main]            | trunks: [main]#pacing: {mode: predictive, min-ring: 1s} | campaigns/autumn.yaml:7: pacing.min-ring: must be a duration from 5s to 3m; is 1s
                    trunks: [main]            | trunks: [main]#pacing: {mode: ratio, lines-per-agent: 0.5} | campaigns/autumn.yaml:7: pacing.lines-per-agent: must be a number from 1 to 10; is 0.5
                    trunks: [main]            | trunks: [main]#retries: {after: {bussy: 1h}} | campaigns/autumn.yaml:7: retries.after.bussy: unknown key; did you mean 'busy'?
                    trunks: [main]            | trunks: [main]#retries: {after: {busy: soon}} | campaigns/autumn.yaml:7: retries.after.busy: must be a duration, for example 30m, or 'never'; is 'soon'
                    trunks: [main]            | trunks: [main]#recording: always | campaigns/autumn.yaml:7: recording: is always, but media.recordings in paceline.yaml names no folder for recordings
                    trunks: [main]            | trunks: [main]#abandonment-message: none.wav | campaigns/autumn.yaml:7: abandonment-message: campaigns/none.wav: no such file
                    trunks: [main]            | trunks: [main]#list-mix: {follow-up: 120%} | campaigns/autumn.yaml:7: list-mix.follow-up: must be a percentage from 0% to 100%, for example 3%; is '120%'
                    trunks: [main]            | trunks: [main]#recording-notice: none.wav | campaigns/autumn.yaml:7: recording-notice: campaigns/none.wav: no such file
                    trunks: [main]            | trunks: [main]#script: {file: none.txt, version: v3} | campaigns/autumn.yaml:7: script.file: cannot read campaigns/none.txt: must be a text file
                    trunks: [main]            | trunks: [main]#script: {version: v3} | campaigns/autumn.yaml:7: script.file: is missing: must be text in one line, without control characters
                    trunks: [main]            | trunks: [main]#script: {file: autumn.yaml, version: v3, sha256: ab} | campaigns/autumn.yaml:7: script.sha256: must be the SHA-256 of the approved text, 64 hexadecimal digits; is 'ab'
                    trunks: [main]            | trunks: [main]#abandonment: {limit: 3%, connect-within: 2s, window: 30s} | campaigns/autumn.yaml:7: abandonment.window: must be a duration from 1m to 366d, or calendar-month; is '30s'
                    trunks: [main]            | trunks: [main]#talk-limit: {warn: 3m, end: 2m} | campaigns/autumn.yaml:7: talk-limit.end: must be longer than warn, 3m; is 2m
                    trunks: [main]            | trunks: [main]#dispositions: [{name: sale}, {name: sale}] | campaigns/autumn.yaml:7: dispositions[1].name: disposition 'sale' is there already, in line 7; name each one differently
                    trunks: [main]            | trunks: [main]#dispositions: [{name: no, means: refusal}] | campaigns/autumn.yaml:7: dispositions[0].means: must be one of nothing, success, refused, opt-out, complaint, callback, wrong-number; is 'refusal'
                    trunks: [main]            | trunks: [main]#dispositions: [{means: refused}] | campaigns/autumn.yaml:7: dispositions[0].name: is missing: must be a name of letters, digits, '.', '_' and '-'
                    trunks: [main]            | trunks: [main]#agent-ring: {limit: 2m} | campaigns/autumn.yaml:7: agent-ring.limit: must be a duration from 1s to 1m; is 2m
                    trunks: [main]            | trunks: [main]#agent-ring: {late: 25s} | campaigns/autumn.yaml:7: agent-ring.late: unknown key; known here: limit
                    trunks: [main]            | trunks: [main]#callbacks: {on-time: 5h} | campaigns/autumn.yaml:7: callbacks.on-time: must be a duration up to 4h; is 5h
                    trunks: [main]            | trunks: [main]#matter: "a\tb" | campaigns/autumn.yaml:7: matter: must be text in one line, without control characters; is 'aU+0009b'
                    trunks: [main]            | trunks: [main]#daily-target: {calls: -1} | campaigns/autumn.yaml:7: daily-target.calls: must be a number from 0 to 10000; is -1
                    trunks: [main]            | trunks: [main]#after-wrap-up: stay | campaigns/autumn.yaml:7: after-wrap-up: must be one of ready, show; is 'stay'
                    trunks: [main]            | trunks: [main]#qualification: {required: yes} | campaigns/autumn.yaml:7: qualification.required: must be true or false; is 'yes'
                    trunks: [main]            | trunks: [main]#skills: spanish | campaigns/autumn.yaml:7: skills: must be a list, for example [a, b]; is 'spanish'
                    trunks: [main]            | trunks: [main]#budget: {month: 5e2} | campaigns/autumn.yaml:7: budget.month: must be an amount with at most six decimals, for example 500.00; is '5e2'
                    trunks: [main]            | trunks: [main]#budget: {month: 5, reserve: 5h} | campaigns/autumn.yaml:7: budget.reserve: must be a duration from 1s to 4h; is 5h
                    trunks: [main]            | trunks: [main]#budget: {month: 500.00} | campaigns/autumn.yaml:6: trunks: has 'main', which has no tariff in paceline.yaml: the campaign has a budget, so what its calls cost must be known
                    trunks: [main]            | trunks: [main]#department: sales | campaigns/autumn.yaml:7: department: no department 'sales' in paceline.yaml; there are none
                    trunks: [main]            | trunks: [main]#department: sales#budget: {month: 5} | campaigns/autumn.yaml:8: budget.month: stands beside department 'sales', whose budget pays: keep one of the two
                    trunks: [main]            | trunks: [main]#wrapup: 3s    | campaigns/autumn.yaml:7: wrapup: unknown key; did you mean 'wrap-up'?
                    """)
    void shouldSayWhatIsWrongWithACampaign(String right, String wrong, String problem) {
        files.campaign("autumn", ConfigFiles.CAMPAIGN.replace(right, wrong.replace('#', '\n')));
        assertThat(files.problems()).contains(problem);
    }

    @Test
    void shouldReadTariffsAndBudgets() {
        files.node("""
                node: {name: n1, zone: UTC, currency: EUR}
                sip: {host: 127.0.0.1}
                trunks:
                  - name: main
                    host: 127.0.0.1
                    channels: 30
                    tariff:
                      - {prefix: "+1", per-minute: 0.012, increment: 60s/6s}
                      - {prefix: "+", per-minute: 0.25, connection: 0.05}
                departments:
                  - {name: sales, budget: {month: 1000}}
                """);
        files.campaign("autumn", ConfigFiles.CAMPAIGN + "budget: {month: 500.00}\n");
        files.campaign(
                "winter",
                ConfigFiles.CAMPAIGN.replace("autumn", "winter") + "department: sales\nbudget: {reserve: 90s}\n");

        Configuration read = files.read();

        Tariff tariff = java.util.Objects.requireNonNull(
                read.daemon().trunks().getFirst().tariff());
        assertThat(tariff.rate(13_055_550_123L)).isEqualTo(new Tariff.Rate(12_000, 0, 60_000, 6_000));
        assertThat(tariff.rate(33_142_680_000L)).isEqualTo(new Tariff.Rate(250_000, 50_000, 1_000, 1_000));
        Budget own = read.campaigns().getFirst().settings().budget();
        assertThat(own.holder() + " " + own.limitMicros() + " " + own.reserveMillis())
                .isEqualTo("campaign:autumn 500000000 180000");
        Budget shared = read.campaigns().getLast().settings().budget();
        assertThat(shared.holder() + " " + shared.limitMicros() + " " + shared.reserveMillis())
                .isEqualTo("department:sales 1000000000 90000");
        String shown = EffectiveConfig.of(read.daemon());
        files.node(shown);
        assertThat(EffectiveConfig.of(files.read().daemon())).isEqualTo(shown);
        assertThat(EffectiveConfig.of(read.campaigns().getLast()))
                .contains("# budget: 1000.00 a month of department:sales, 1m30s reserved for an attempt");
    }

    @Test
    void shouldTellTheProblemsOfAllFilesTogether() {
        files.node(ConfigFiles.NODE.replace("channels: 30", "channels: 0"));
        files.campaign("autumn", ConfigFiles.CAMPAIGN.replace("us-federal", "nowhere"));
        files.campaign("broken", "name: [");
        assertThat(files.problems())
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("paceline.yaml:4: trunks[0].channels: "))
                .anyMatch(problem -> problem.startsWith("campaigns/autumn.yaml:3: policies: "))
                .anyMatch(problem -> problem.startsWith("campaigns/broken.yaml:1: is not YAML at "));
    }

    @Test
    void shouldRefuseACampaignThatIsThereTwice() {
        files.campaign("zweite", ConfigFiles.CAMPAIGN);
        assertThat(files.problems())
                .containsExactly("campaigns/zweite.yaml:1: name: campaign 'autumn' is there already, in "
                        + folder.resolve("campaigns/autumn.yaml").toString().replace(folder + "/", "")
                        + "; name each one differently");
    }

    @Test
    void shouldSayThatTheFileIsMissing() throws Exception {
        Files.delete(folder.resolve("paceline.yaml"));
        assertThat(files.problems()).containsExactly("paceline.yaml: no such file");
    }

    @Test
    void shouldNeverShowASecret() {
        files.write("secret.txt", "file-token-123456789\n");
        files.node(ConfigFiles.NODE + """
                api:
                  supervisors:
                    - {name: a, token: literal-token-12345}
                    - {name: b, token: env:BOSS}
                    - {name: c, token: file:secret.txt}
                """);
        DaemonConfig config = files.read().daemon();
        String shown = EffectiveConfig.of(config) + config;
        assertThat(shown)
                .contains("token: \"********\"", "token: env:BOSS", "token: file:secret.txt")
                .doesNotContain("literal-token", "a-token-long-enough", "file-token");
        assertThat(config.api().supervisors().get(2).token().matches("file-token-123456789"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db:5432/paceline?password=hidden&ssl=true",
                "jdbc:postgresql://db:5432/paceline?ssl=true&Password=hidden",
                "jdbc:postgresql://db:5432/paceline?ssl=true&sslpassword=hidden",
            })
    void shouldMaskThePasswordInTheDatabasesUrl(String url) {
        files.node(ConfigFiles.NODE + "database: {url: \"" + url + "\"}\n");
        DaemonConfig config = files.read().daemon();
        assertThat(EffectiveConfig.of(config) + config)
                .contains("********", "db:5432/paceline", "ssl=true")
                .doesNotContain("hid", "den@");
        assertThat(config.database().url()).isEqualTo(url);
    }

    @Test
    void shouldSayWhyTheFileOfASecretCannotBeRead() {
        files.node(ConfigFiles.NODE + "database: {url: \"jdbc:postgresql://db/paceline\", password: \"file:gone\"}\n");
        assertThat(files.problems())
                .singleElement()
                .asString()
                .endsWith("gone cannot be read: there is no such file or folder; it must hold the secret in its first"
                        + " line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops:hidden@db", "ops:hid/den@db:5432", "ops@hidden@db"})
    void shouldRefuseAUserAndPasswordBeforeTheDatabasesHost(String authority) {
        files.node(ConfigFiles.NODE + "database: {url: \"jdbc:postgresql://" + authority + "/paceline?ssl=true\"}\n");
        assertThat(files.problems())
                .singleElement()
                .asString()
                .endsWith("database.url: has an '@': the driver takes no user and password before the host; set"
                        + " database.user and database.password");
    }

    @Test
    void shouldPrintTheFloorAsItIsWritten() {
        String floor = """
                floor:
                  pause-codes:
                    - code: lunch
                      length: 30m
                      break: true
                    - code: training
                      # length: not set
                      break: false
                  break-time: 1h
                  sign-in-limit: 3m
                  line-grace: 0s
                teams:
                  - name: blue
                    # leader: not set
                    on-break-at-most: 2
                """;
        files.node(ConfigFiles.NODE + floor);
        assertThat(EffectiveConfig.of(files.read().daemon())).contains(floor);
    }

    @Test
    void shouldReadTheReferenceConfiguration() {
        Path reference = Path.of("src/dist/conf/paceline.yaml");
        Configuration configuration = Configuration.read(reference, _ -> null);
        assertThat(configuration.campaigns()).hasSize(1);
    }

    /** Every key that the reader knows stands in the reference files, and those of the examples that are commented out. */
    @Test
    void shouldDocumentEveryKey() throws Exception {
        assertKeysDocumented(
                Files.readString(Path.of("src/dist/conf/paceline.yaml")),
                EffectiveConfig.of(files.read().daemon()),
                List.of(
                        "url",
                        "agents",
                        "address",
                        "line",
                        "token",
                        "supervisors",
                        "pause-codes",
                        "teams",
                        "team",
                        "leader",
                        "leaders",
                        "skills",
                        "departments",
                        "tariff"));
        assertKeysDocumented(
                Files.readString(Path.of("src/dist/conf/campaigns/example.yaml")),
                EffectiveConfig.of(files.read().campaigns().getFirst()),
                List.of(
                        "hours",
                        "holidays",
                        "caps",
                        "blocked",
                        "abandonment",
                        "budget",
                        "month",
                        "reserve",
                        "department"));
    }

    private static void assertKeysDocumented(String reference, String effective, List<String> more) {
        List<String> keys = new java.util.ArrayList<>(more);
        effective
                .lines()
                .map(line -> line.replaceAll("^[ #-]*", ""))
                .filter(line -> line.contains(":"))
                .forEach(line -> keys.add(line.substring(0, line.indexOf(':'))));
        assertThat(keys).allSatisfy(key -> assertThat(reference).containsPattern("(?m)^[ #-]*" + key + ":"));
    }
}
