package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.auth.Credentials;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.identity.TrunkIdentity;
import org.paceline.sip.stack.Link;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TestCertificates;
import org.paceline.sip.tls.TlsFiles;
import org.paceline.sip.tls.TlsPeer;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.sip.tls.TlsTerms.Check;
import org.paceline.sip.trunk.TrunkAccount;
import org.paceline.sip.trunk.TrunkAddress;
import org.paceline.sip.trunk.TrunkAddress.Probe;
import org.paceline.sip.trunk.TrunkHost;
import org.paceline.sip.trunk.TrunkMatch;

/**
 * Registration, passwords and calls by TCP and TLS through Kamailio, which stays in the route with one address for each
 * side, to SIPp behind it by UDP.
 */
@Timeout(120)
class KamailioStreamIT {

    private static final TestCertificates AUTHORITY = new TestCertificates();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "TLS"})
    void shouldRegisterCallAndHangUpWithThePassword(Transport transport) throws IOException {
        boolean secured = transport == Transport.TLS;
        TlsFiles certificate = TestCertificates.write(AUTHORITY.of("carrier.example", 60), folder, "carrier");
        TlsTerms terms = new TlsTerms(AUTHORITY.trust(folder), null, Check.FULL);
        Link link = new Link(transport, secured ? new TlsPeer("carrier.example", terms) : null);
        try (SippRun callee = SippRun.scenario("behind-proxy", 2);
                KamailioRun carrier =
                        KamailioRun.carrier("SHA-256", callee.port(), transport, secured ? certificate : null);
                TelephonyFixture dialer = TelephonyFixture.withTransports(
                        trunk(carrier.port(), link),
                        new SipTransports(EnumSet.of(Transport.UDP, transport), 0, null, terms))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> dialer.telephony.registrations().getFirst().registered());
            for (int calls = 1; calls <= 2; calls++) {
                CallId call = dialer.dial();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> dialer.events.of(call).stream().anyMatch(CallAnswered.class::isInstance));
                dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() ->
                                dialer.events.of(call).contains(new CallHungUp(call, HungUpBy.US, CallCause.NONE)));
            }
            callee.awaitSuccess();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> dialer.counter("open_calls") == 0);
            assertThat(dialer.counter("open_connections")).isEqualTo(1);
        }
    }

    private static TrunkAddress trunk(int port, Link link) {
        return new TrunkAddress(
                TelephonyFixture.TRUNK,
                List.of(new TrunkHost("127.0.0.1", port, 1, 0, link)),
                Probe.OPTIONS,
                30_000,
                TrunkAddress.FAILOVER_MILLIS,
                TrunkMatch.NONE,
                List.of(),
                SipExtensions.USUAL,
                TrunkIdentity.USUAL,
                new TrunkAccount(
                        new Credentials("acct1", KamailioRun.PASSWORD, "carrier"),
                        new TrunkAccount.Registration("carrier.example", 600)));
    }
}
