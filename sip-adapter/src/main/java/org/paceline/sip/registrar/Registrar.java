package org.paceline.sip.registrar;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.AgentId;
import org.paceline.sip.auth.Credentials;
import org.paceline.sip.auth.DigestAlgorithm;
import org.paceline.sip.auth.FailedTries;
import org.paceline.sip.auth.Verifier;
import org.paceline.sip.auth.Verifier.Verdict;
import org.paceline.sip.dialog.Newcomers;
import org.paceline.sip.dialog.RegisterAnswer;
import org.paceline.sip.registrar.AccountPhones.Change;
import org.paceline.sip.registrar.RegisterRequest.Refused;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.stack.SipEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps where agents' phones are (RFC 3261 §10.3). A phone registers with the password of its agent's account; from
 * then on its address may send us requests, until the registration is over.
 *
 * <p>Thread: any.
 */
public final class Registrar implements Newcomers {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private static final long LAPSE_EVERY_MILLIS = 1_000;

    private final RegistrarSettings settings;
    private final PeerAddresses peers;
    private final SipCounters counters;
    private final LongSupplier nanos;
    private final Verifier verifier;
    private final OfferedDigests offers;
    private final FailedTries tries;
    private volatile Accounts accounts = new Accounts(Map.of(), Map.of());
    private volatile PhonesListener listener = new Nobody();
    private final AtomicLong changes = new AtomicLong();

    private record Accounts(Map<String, Account> byUser, Map<AgentId, Account> byAgent) {}

    /** Its phones are touched with the account locked. */
    private record Account(PhoneAccount terms, Credentials credentials, AccountPhones phones) {}

    /** Makes one with which nobody registers. */
    public static Registrar none(PeerAddresses peers, SipCounters counters) {
        return new Registrar(RegistrarSettings.NONE, peers, counters, System::nanoTime);
    }

    /** @param nanos monotonic time */
    public Registrar(RegistrarSettings settings, PeerAddresses peers, SipCounters counters, LongSupplier nanos) {
        this.settings = settings;
        this.peers = peers;
        this.counters = counters;
        this.nanos = nanos;
        verifier = new Verifier(settings.realm(), settings.algorithms());
        offers = new OfferedDigests(settings.algorithms());
        tries = new FailedTries(settings.tries());
        accounts(settings.accounts());
    }

    /**
     * Takes the accounts that there are from now on. The phones of one that is the same stay; those of one that is gone, or has
     * another user or password, are registered no more.
     */
    public synchronized void accounts(List<PhoneAccount> wanted) {
        Accounts before = accounts;
        Map<String, Account> byUser = new LinkedHashMap<>();
        Map<AgentId, Account> byAgent = new LinkedHashMap<>();
        for (PhoneAccount terms : wanted) {
            Account known = before.byUser.get(terms.user());
            Account account = known != null && known.terms.equals(terms)
                    ? known
                    : new Account(
                            terms, new Credentials(terms.user(), terms.password(), ""), new AccountPhones(settings));
            if (byUser.putIfAbsent(terms.user(), account) != null
                    || byAgent.putIfAbsent(terms.agent(), account) != null) {
                throw new IllegalArgumentException("account " + terms + ": its user or agent has one already");
            }
        }
        accounts = new Accounts(Collections.unmodifiableMap(byUser), Collections.unmodifiableMap(byAgent));
        before.byUser.forEach((user, account) -> {
            Account next = byUser.get(user);
            if (next == null || !next.terms.equals(account.terms)) {
                close(account);
            }
        });
    }

    private void close(Account account) {
        Change change;
        synchronized (account.phones) {
            change = account.phones.close();
            change.gone().forEach(gone -> peers.remove(gone.phone().source().getAddress()));
        }
        changes.incrementAndGet();
        tell(account, change, nanos.getAsLong(), true);
    }

    /**
     * Begins to forget phones whose registration lapsed.
     *
     * @param told of phones that come and go, from now on
     */
    public void start(SipEndpoint endpoint, PhonesListener told) {
        tell(told);
        lapseLater(endpoint);
    }

    void tell(PhonesListener told) {
        listener = told;
    }

    private void lapseLater(SipEndpoint endpoint) {
        endpoint.after(LAPSE_EVERY_MILLIS, () -> {
            lapse();
            lapseLater(endpoint);
        });
    }

    /** Whether the agent's phones register; otherwise the agent has one at an address. */
    public boolean hasAccount(AgentId agent) {
        return accounts.byAgent.containsKey(agent);
    }

    /** Returns the agent's phones, the one that came last first; none of an agent without an account. */
    public List<Binding> phones(AgentId agent) {
        Account account = accounts.byAgent.get(agent);
        return account == null ? List.of() : phones(account);
    }

    private List<Binding> phones(Account account) {
        synchronized (account.phones) {
            return account.phones.phones(nanos.getAsLong());
        }
    }

    @Override
    public boolean expects(String user) {
        return accounts.byUser.containsKey(user);
    }

    @Override
    public @Nullable RegisterAnswer register(SIPRequest request) {
        Map<String, Account> byUser = accounts.byUser;
        if (byUser.isEmpty()) {
            return null;
        }
        counters.add(Counter.REGISTERS);
        String user = RegisterRequest.user(request);
        Account account = user == null ? null : byUser.get(user);
        if (account == null) {
            return new RegisterAnswer(404);
        }
        InetSocketAddress from =
                new InetSocketAddress(request.getPeerPacketSourceAddress(), request.getPeerPacketSourcePort());
        RegisterAnswer refusal = refusal(request, account, from);
        if (refusal != null) {
            return refusal;
        }
        try {
            return registered(request, account, from);
        } catch (Refused e) {
            if (e.status() == RegisterRequest.TOO_BRIEF) { // the phone asks for more by itself
                return new RegisterAnswer(e.status(), "", List.of(RegisterHeaders.least(settings.leastSeconds())));
            }
            LOG.warn(
                    "agent={} event=register-refused from={} status={} reason=\"{}\"",
                    account.terms.agent(),
                    Binding.text(from),
                    e.status(),
                    e.getMessage());
            return new RegisterAnswer(e.status(), String.valueOf(e.getMessage()), List.of());
        }
    }

    /** Returns the answer to a request that does not show the password; null for one that does. */
    private @Nullable RegisterAnswer refusal(SIPRequest request, Account account, InetSocketAddress from) {
        long now = nanos.getAsLong();
        String user = account.terms.user();
        boolean isAtHome = phones(account).stream()
                .anyMatch(phone -> phone.source().getAddress().equals(from.getAddress()));
        long wait = tries.waitSeconds(from.getAddress(), user, isAtHome, now);
        if (wait > 0) {
            counters.add(Counter.REGISTERS_REFUSED);
            return new RegisterAnswer(403, "Too Many Wrong Passwords", List.of(RegisterHeaders.retryAfter(wait)));
        }
        return switch (verifier.judge(request, account.credentials, from.getAddress(), now)) {
            case Verdict.Right(DigestAlgorithm used) -> {
                tries.succeeded(from.getAddress(), user);
                offers.used(from.getAddress(), user, used);
                yield null;
            }
            case Verdict.Unproven(boolean stale, DigestAlgorithm used) ->
                challenge(offers.offer(from.getAddress(), user, used), from, stale);
            case Verdict.Wrong(String reason) -> {
                counters.add(Counter.REGISTERS_REFUSED);
                long next = tries.failed(from.getAddress(), user, now);
                LOG.warn(
                        "agent={} event=register-refused from={} status=401 reason=\"{}\"{}",
                        account.terms.agent(),
                        Binding.text(from),
                        reason,
                        next > 0
                                ? " wait-seconds=" + next
                                        + " effect=\"nobody registers as this agent from there until then\""
                                : "");
                yield challenge(settings.algorithms(), from, false);
            }
        };
    }

    private RegisterAnswer challenge(List<DigestAlgorithm> offered, InetSocketAddress from, boolean stale) {
        return new RegisterAnswer(401, "", verifier.challenges(from.getAddress(), offered, stale, nanos.getAsLong()));
    }

    private RegisterAnswer registered(SIPRequest request, Account account, InetSocketAddress from) throws Refused {
        long now = nanos.getAsLong();
        RegisterRequest read = RegisterRequest.read(request, from, now);
        lapse(account, now);
        Change change;
        List<Binding> phones;
        synchronized (account.phones) {
            List<Binding> before = account.phones.phones(now);
            change = account.phones.apply(
                    read, request.getCallId().getCallId(), request.getCSeq().getSeqNumber(), now);
            phones = account.phones.phones(now);
            keepPeers(before, phones);
        }
        changes.incrementAndGet();
        tell(account, change, now, true);
        List<SIPHeader> headers = new ArrayList<>(RegisterHeaders.contacts(phones, now));
        if (RegisterRequest.supports(request, "path")) {
            headers.addAll(RegisterHeaders.copyOfPath(request));
        }
        if (read.wantsOutbound()) {
            headers.add(RegisterHeaders.requireOutbound());
        }
        return new RegisterAnswer(200, "", headers);
    }

    /** Forgets phones whose registration lapsed. */
    void lapse() {
        long now = nanos.getAsLong();
        accounts.byUser.values().forEach(account -> lapse(account, now));
    }

    private void lapse(Account account, long now) {
        Change change;
        synchronized (account.phones) {
            change = account.phones.lapse(now);
            change.gone().forEach(gone -> peers.remove(gone.phone().source().getAddress()));
        }
        if (change.isNews()) {
            changes.incrementAndGet();
            tell(account, change, now, false);
        }
    }

    private void keepPeers(List<Binding> before, List<Binding> after) {
        after.forEach(phone -> peers.add(phone.source().getAddress()));
        before.forEach(phone -> peers.remove(phone.source().getAddress()));
    }

    private void tell(Account account, Change change, long now, boolean isTakenBack) {
        AgentId agent = account.terms.agent();
        for (Binding phone : change.come()) {
            LOG.info(
                    "agent={} event=phone-registered from={} nat={} seconds={} phone=\"{}\"",
                    agent,
                    phone.from(),
                    RegisterHeaders.isTranslated(phone) ? "yes" : "no",
                    phone.secondsLeft(now),
                    phone.userAgent());
        }
        change.gone()
                .forEach(gone -> LOG.info(
                        "agent={} event=phone-gone from={} reason=\"{}\" left={}",
                        agent,
                        gone.phone().from(),
                        gone.reason(),
                        phones(account).size()));
        change.gone().forEach(gone -> listener.left(agent, gone.phone(), isTakenBack, gone.reason()));
        change.come().forEach(phone -> listener.came(agent, phone));
    }

    /** Changes with each REGISTER that was taken, and with each phone that left. */
    public long changes() {
        return changes.get();
    }

    /** Returns what is to be kept over a restart. */
    public List<KeptPhone> kept(long epochMillis) {
        long now = nanos.getAsLong();
        List<KeptPhone> kept = new ArrayList<>();
        for (Account account : accounts.byUser.values()) {
            phones(account).forEach(phone -> kept.add(KeptPhone.of(account.terms.user(), phone, now, epochMillis)));
        }
        return kept;
    }

    /** Takes what was kept over a restart, before anything else is asked; what is over, or of no account, is left out. */
    public int restore(List<KeptPhone> kept, long epochMillis) {
        long now = nanos.getAsLong();
        int taken = 0;
        for (KeptPhone phone : kept) {
            Account account = accounts.byUser.get(phone.user());
            Binding binding = account == null ? null : phone.binding(now, epochMillis);
            if (account != null && binding != null && !binding.isOver(now)) {
                synchronized (account.phones) {
                    account.phones.restore(binding);
                }
                peers.add(binding.source().getAddress());
                changes.incrementAndGet();
                taken++;
            }
        }
        return taken;
    }

    /** Returns the phones of all accounts as they are now, by agent; an agent without one has an empty list. */
    public Map<AgentId, List<PhoneStatus>> statuses() {
        long now = nanos.getAsLong();
        Map<AgentId, List<PhoneStatus>> all = new LinkedHashMap<>();
        accounts.byAgent.forEach((agent, account) -> all.put(
                agent,
                phones(account).stream()
                        .map(phone -> PhoneStatus.of(phone, now))
                        .toList()));
        return all;
    }

    private static final class Nobody implements PhonesListener {
        @Override
        public void came(AgentId agent, Binding phone) {}

        @Override
        public void left(AgentId agent, Binding phone, boolean isTakenBack, String reason) {}
    }
}
