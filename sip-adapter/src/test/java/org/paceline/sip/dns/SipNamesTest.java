package org.paceline.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.sip.dns.FakeNameServer.Manner;
import org.paceline.sip.stack.Transport;
import org.xbill.DNS.Type;

@Timeout(60)
class SipNamesTest {

    private static final String HOST = "carrier.example";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private FakeNameServer dns;
    private Families families = Families.BOTH;
    private Duration patience = PATIENCE;

    @BeforeEach
    void start() throws IOException {
        dns = new FakeNameServer();
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void shouldGoByNaptrThenSrvThenAddresses() {
        dns.zone(
                        HOST,
                        Type.NAPTR,
                        600,
                        "20 50 \"s\" \"SIP+D2U\" \"\" late._udp.carrier.example.",
                        "10 60 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.carrier.example.",
                        "10 50 \"u\" \"E2U+sip\" \"!^.*$!sip:info@example.com!\" .",
                        "10 70 \"S\" \"sip+d2u\" \"\" sbc._udp.carrier.example.")
                .zone("sbc._udp.carrier.example", Type.SRV, 300, "10 1 5070 gw1.carrier.example.")
                .srv(HOST, 300, "10 1 5080 other.carrier.example.")
                .addresses("gw1.carrier.example", 60, "192.0.2.1", "192.0.2.2");

        Resolution found = resolve(0);
        assertThat(found.failures()).isEmpty();
        assertThat(found.servers())
                .containsExactly(server("gw1.carrier.example", 5070, 10, 1, "192.0.2.1", "192.0.2.2"));
        assertThat(found.ttlMillis()).isEqualTo(60_000);
    }

    @Test
    void shouldTakeTheNextNaptrWhenTheFirstLeadsNowhere() {
        dns.zone(
                        HOST,
                        Type.NAPTR,
                        600,
                        "10 50 \"s\" \"SIP+D2U\" \"\" gone._udp.carrier.example.",
                        "20 50 \"a\" \"SIP+D2U\" \"\" gw2.carrier.example.")
                .addresses("gw2.carrier.example", 60, "192.0.2.2");

        Resolution found = resolve(0);
        assertThat(found.failures()).isEmpty();
        assertThat(found.servers()).containsExactly(server("gw2.carrier.example", 5060, 0, 0, "192.0.2.2"));
    }

    @Test
    void shouldGoBySrvWithoutNaptrAndShareEvenlyWithoutWeights() {
        dns.srv(
                        HOST,
                        300,
                        "20 0 5060 gw3.carrier.example.",
                        "10 0 5061 gw1.carrier.example.",
                        "10 0 5062 gw2.carrier.example.")
                .addresses("gw1.carrier.example", 90, "192.0.2.1")
                .zone("gw2.carrier.example", Type.AAAA, 90, "2001:db8::2")
                .addresses("gw3.carrier.example", 90, "192.0.2.3");

        assertThat(resolve(0).servers())
                .containsExactly(
                        server("gw1.carrier.example", 5061, 10, 1, "192.0.2.1"),
                        server("gw2.carrier.example", 5062, 10, 1, "2001:db8::2"),
                        server("gw3.carrier.example", 5060, 20, 1, "192.0.2.3"));
    }

    @Test
    void shouldAskForTheTransportsOwnRecords() {
        dns.srv(HOST, 300, "10 1 5060 gw1.carrier.example.")
                .zone("_sip._tcp." + HOST, Type.SRV, 300, "10 1 5080 gw1.carrier.example.")
                .zone(HOST, Type.NAPTR, 300, "10 60 \"s\" \"SIPS+D2T\" \"\" secure.carrier.example.")
                .zone("secure." + HOST, Type.SRV, 300, "10 1 5071 gw1.carrier.example.")
                .addresses("gw1." + HOST, 90, "192.0.2.1")
                .addresses("plain.example", 90, "192.0.2.2");

        assertThat(resolve(HOST, 0, Transport.TCP).servers())
                .extracting(Server::transport, Server::port)
                .containsExactly(tuple(Transport.TCP, 5080));
        assertThat(resolve(HOST, 0, Transport.TLS).servers())
                .extracting(Server::transport, Server::port)
                .containsExactly(tuple(Transport.TLS, 5071));
        assertThat(resolve("plain.example", 0, Transport.TLS).servers())
                .extracting(Server::port)
                .containsExactly(5061);
    }

    @Test
    void shouldGoByAddressAtTheDefaultPortWithoutSrv() {
        dns.addresses(HOST, 120, "192.0.2.7");

        Resolution found = resolve(0);
        assertThat(found.servers()).containsExactly(server(HOST, 5060, 0, 0, "192.0.2.7"));
        assertThat(found.ttlMillis()).isEqualTo(120_000);
    }

    @Test
    void shouldAskForAddressesOnlyWhereThePortIsGiven() {
        dns.srv(HOST, 300, "10 1 5070 gw1.carrier.example.").addresses(HOST, 120, "192.0.2.7");

        assertThat(resolve(5090).servers()).containsExactly(server(HOST, 5090, 0, 0, "192.0.2.7"));
        assertThat(dns.asked()).containsExactlyInAnyOrder(HOST + "/A", HOST + "/AAAA");
    }

    @Test
    void shouldPassOnAnAddressAtOnce() throws Exception {
        CompletableFuture<Resolution> found = new CompletableFuture<>();
        new SipNames(dns.address(), Families.BOTH).resolve("192.0.2.9", 0, Transport.UDP, found::complete);

        assertThat(found).isDone();
        assertThat(found.get().servers()).containsExactly(server("192.0.2.9", 5060, 0, 0, "192.0.2.9"));
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void shouldFollowAliasesAndKeepToTheirTtl() {
        dns.zone(HOST, Type.CNAME, 7, "edge.example.").addresses("edge.example", 900, "192.0.2.5");

        Resolution found = resolve(0);
        assertThat(found.servers()).containsExactly(server(HOST, 5060, 0, 0, "192.0.2.5"));
        assertThat(found.ttlMillis()).isEqualTo(7_000);
    }

    @Test
    void shouldBoundTheTtl() {
        dns.addresses("short.example", 0, "192.0.2.5").addresses("long.example", 500_000, "192.0.2.6");

        assertThat(resolve("short.example", 5060).ttlMillis()).isEqualTo(5_000);
        assertThat(resolve("long.example", 5060).ttlMillis()).isEqualTo(3_600_000);
    }

    @Test
    void shouldSayWhyANameDoesNotResolve() {
        assertFails("carrier.example: there is no such name");
        dns.addresses("x." + HOST, 60, "192.0.2.1").zone(HOST, Type.TXT, 60, "hello");
        assertFails("carrier.example: has no address that can be sent to");
        dns.addresses(HOST, 60, "0.0.0.0", "224.0.0.1");
        assertFails("carrier.example: has no address that can be sent to");
        dns.forget(HOST);
        dns.manner("_sip._udp." + HOST, Manner.SERVFAIL);
        assertFails("_sip._udp.carrier.example SRV: SERVFAIL from 127.0.0.1 port " + port());
        dns.manner("_sip._udp." + HOST, Manner.SILENT);
        patience = Duration.ofMillis(200);
        assertFails("_sip._udp.carrier.example SRV: no answer from 127.0.0.1 port " + port());
        patience = PATIENCE;
        dns.mannerless("_sip._udp." + HOST).srv(HOST, 60, "0 0 0 .");
        assertFails("_sip._udp.carrier.example SRV: says that there is no such service");
        dns.srv(HOST, 60, "0 0 5060 gw1.carrier.example.");
        assertFails("gw1.carrier.example: there is no such name");
        dns.zone("gw1." + HOST, Type.CNAME, 60, "gw2.carrier.example.")
                .zone("gw2." + HOST, Type.CNAME, 60, "gw1.carrier.example.");
        assertFails("gw1.carrier.example: aliases (CNAME) in a circle");
        dns.forget("_sip._udp." + HOST)
                .zone(HOST, Type.NAPTR, 60, "10 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.carrier.example.");
        assertFails("carrier.example: offers only SIPS+D2T");
    }

    @Test
    void shouldSayThatAnAnswerIsGarbage() {
        dns.srv(HOST, 60, "0 0 5060 gw1.carrier.example.").manner("gw1." + HOST, Manner.GARBAGE);

        Resolution found = resolve(0);
        assertThat(found.servers()).isEmpty();
        assertThat(found.failures())
                .singleElement()
                .asString()
                .startsWith("gw1.carrier.example: no usable answer from 127.0.0.1 port " + port() + ": ")
                .doesNotContain("\n");
    }

    @Test
    void shouldGiveUpOnEndlessAliases() {
        for (int i = 0; i < 40; i++) {
            dns.zone("a" + i + ".example", Type.CNAME, 60, "a" + (i + 1) + ".example.");
        }
        Resolution found = resolve("a0.example", 5060);
        assertThat(found.servers()).isEmpty();
        assertThat(found.failures()).containsExactly("a0.example: more than 8 aliases (CNAME)");
    }

    @Test
    void shouldKeepTheOtherServersWhenOneDoesNotResolve() {
        dns.srv(HOST, 60, "10 0 5060 gw1.carrier.example.", "20 0 5060 gw2.carrier.example.")
                .manner("gw1." + HOST, Manner.REFUSED)
                .addresses("gw2." + HOST, 60, "192.0.2.2");

        Resolution found = resolve(0);
        assertThat(found.servers())
                .containsExactly(
                        server("gw1.carrier.example", 5060, 10, 1),
                        server("gw2.carrier.example", 5060, 20, 1, "192.0.2.2"));
        assertThat(found.failures()).singleElement().asString().startsWith("gw1.carrier.example: ");
    }

    @Test
    void shouldTakeALongAnswerOverTcpAndBoundIt() {
        String[] many = IntStream.range(0, 900)
                .mapToObj(i -> i + " 1 " + (2_000 + i) + " gw1.carrier.example.")
                .toArray(String[]::new);
        dns.srv(HOST, 60, many).addresses("gw1." + HOST, 60, "192.0.2.1");

        assertThat(resolve(0).servers()).hasSize(32).extracting(Server::port).startsWith(2_000, 2_001, 2_002);
    }

    @Test
    void shouldGoOnWhenTheNameServerDoesNotKnowNaptr() {
        dns.manner(HOST, Manner.SERVFAIL)
                .srv(HOST, 60, "10 0 5070 gw1.carrier.example.")
                .addresses("gw1." + HOST, 60, "192.0.2.1");

        assertThat(resolve(0).servers()).containsExactly(server("gw1.carrier.example", 5070, 10, 1, "192.0.2.1"));
    }

    @Test
    void shouldAskTheNextServerWhenOneFails() throws Exception {
        dns.manner(HOST, Manner.SERVFAIL);
        try (FakeNameServer second = new FakeNameServer()) {
            second.addresses(HOST, 60, "192.0.2.1");
            CompletableFuture<Resolution> found = new CompletableFuture<>();
            new SipNames(List.of(dns.address().getFirst(), second.address().getFirst()), Families.BOTH, PATIENCE)
                    .resolve(HOST, 5060, Transport.UDP, found::complete);

            assertThat(found.get(20, TimeUnit.SECONDS).servers())
                    .containsExactly(server(HOST, 5060, 0, 0, "192.0.2.1"));
        }
    }

    @Test
    void shouldTryIpv6FirstAndUniqueLocalAddressesLast() {
        dns.addresses(HOST, 60, "192.0.2.1").zone(HOST, Type.AAAA, 60, "fd00::1", "2001:db8::1", "2002:c000:201::1");

        assertThat(resolve(5060).servers())
                .containsExactly(server(HOST, 5060, 0, 0, "2001:db8::1", "192.0.2.1", "2002:c000:201::1", "fd00::1"));
    }

    @ParameterizedTest
    @CsvSource({"V4, 192.0.2.1, A", "V6, 2001:db8::1, AAAA"})
    void shouldAskForTheFamilyThatCanBeSentTo(Families only, String address, String type) {
        families = only;
        dns.addresses(HOST, 60, "192.0.2.1").zone(HOST, Type.AAAA, 60, "2001:db8::1");

        assertThat(resolve(5060).servers()).containsExactly(server(HOST, 5060, 0, 0, address));
        assertThat(dns.asked()).containsExactly(HOST + "/" + type);
    }

    @Test
    void shouldSayThatAHostHasNoAddressOfTheFamily() {
        families = Families.V4;
        dns.zone(HOST, Type.AAAA, 60, "2001:db8::1");

        assertThat(resolve(5060).failures())
                .containsExactly("carrier.example: has no IPv4 address that can be sent to");
    }

    @Test
    void shouldTakeWhatTheHostsFileSays() {
        assertThat(resolve("localhost", 0).servers())
                .singleElement()
                .satisfies(each -> assertThat(each.addresses()).contains(InetAddress.ofLiteral("127.0.0.1")));
        assertThat(dns.asked()).isEmpty();
    }

    private void assertFails(String failure) {
        Resolution found = resolve(0);
        assertThat(found.servers()).isEmpty();
        assertThat(found.failures()).containsExactly(failure);
    }

    private int port() {
        return dns.address().getFirst().getPort();
    }

    private Resolution resolve(int port) {
        return resolve(HOST, port);
    }

    private Resolution resolve(String host, int port) {
        return resolve(host, port, Transport.UDP);
    }

    private Resolution resolve(String host, int port, Transport transport) {
        CompletableFuture<Resolution> found = new CompletableFuture<>();
        new SipNames(dns.address(), families, patience).resolve(host, port, transport, found::complete);
        return found.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Server server(String name, int port, int priority, int weight, String... addresses) {
        return new Server(
                name,
                Transport.UDP,
                port,
                priority,
                weight,
                Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    }
}
