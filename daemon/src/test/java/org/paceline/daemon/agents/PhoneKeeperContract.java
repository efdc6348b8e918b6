package org.paceline.daemon.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.registrar.KeptPhone;
import org.paceline.sip.registrar.PhoneAccount;
import org.paceline.sip.registrar.Registrar;
import org.paceline.sip.registrar.RegistrarSettings;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;

/** What is promised of phones over a restart, on any database. */
abstract class PhoneKeeperContract extends DatabaseContract {
    private static final AgentId ALICE = new AgentId("alice");

    private final AtomicLong now = new AtomicLong(NOON);
    private Registrar registrar = registrar();

    private Registrar registrar() {
        return new Registrar(
                RegistrarSettings.NONE.withAccounts(List.of(new PhoneAccount(ALICE, "alice", "secret-1"))),
                new PeerAddresses(),
                new SipCounters(),
                () -> TimeUnit.MILLISECONDS.toNanos(now.get()));
    }

    private PhoneKeeper restart(String node) {
        registrar = registrar();
        PhoneKeeper keeper = new PhoneKeeper(
                database, node, registrar, now::get, new PeriodicWorkers(ThreadWatch.endingTheProcess()));
        keeper.load();
        return keeper;
    }

    private KeptPhone phone(String contact, long seconds) {
        return new KeptPhone(
                "alice",
                contact,
                "",
                0,
                "call-1",
                7,
                "sip:192.0.2.80;lr sip:edge;lr",
                "203.0.113.5",
                61_000,
                true,
                "Phone 1",
                now.get(),
                now.get() + seconds * 1_000);
    }

    @Test
    void shouldGiveBackWhatWasRegistered() {
        PhoneKeeper first = restart("n1");
        KeptPhone expected = phone("sip:alice@10.0.0.7", 600);
        registrar.restore(List.of(expected, phone("sip:alice@10.0.0.8", 60)), now.get());
        first.close();
        now.addAndGet(61_000);

        restart("n1");

        assertThat(registrar.kept(now.get())).containsExactly(expected);
    }

    @Test
    void shouldForgetWhatLeftAndKeepWhatChanged() {
        PhoneKeeper keeper = restart("n1");
        registrar.restore(List.of(phone("sip:alice@10.0.0.7", 60)), now.get());
        keeper.keepNow();
        now.addAndGet(61_000);
        registrar.restore(List.of(phone("sip:alice@10.0.0.9", 60)), now.get());
        keeper.keepNow();
        now.addAndGet(30_000);
        registrar.restore(List.of(phone("sip:alice@10.0.0.9", 600)), now.get());
        keeper.close();

        restart("n1");

        assertThat(registrar.phones(ALICE)).singleElement().satisfies(only -> {
            assertThat(only.contact()).hasToString("sip:alice@10.0.0.9");
            assertThat(only.secondsLeft(TimeUnit.MILLISECONDS.toNanos(now.get())))
                    .isEqualTo(600);
        });
    }

    @Test
    void shouldNotTakeThePhonesOfAnotherNode() {
        PhoneKeeper other = restart("n2");
        registrar.restore(List.of(phone("sip:alice@10.0.0.7", 600)), now.get());
        other.close();

        restart("n1");

        assertThat(registrar.phones(ALICE)).isEmpty();
    }
}
