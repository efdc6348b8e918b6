package org.paceline.sip.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.dns.Answer.Failed;
import org.paceline.sip.dns.Answer.Found;
import org.paceline.sip.dns.Answer.Nothing;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;
import org.xbill.DNS.lookup.RedirectLoopException;
import org.xbill.DNS.lookup.RedirectOverflowException;
import org.xbill.DNS.lookup.ServerFailedException;

/**
 * Asks name servers, one after the other until one knows, within bounded time: UDP, and TCP where an answer is too long.
 *
 * <p>Thread: any.
 */
final class NameServers {

    private static final int DNS_PORT = 53;
    /** How often each server is asked: a datagram may be lost. */
    private static final int ROUNDS = 2;

    private static final int MOST_SERVERS = 3;
    private static final int MOST_ALIASES = 8;

    private final List<InetSocketAddress> configured;
    private final Duration patience;
    private final HostsFileParser hostsFile = new HostsFileParser();

    /**
     * @param configured empty for the system's own
     * @param patience how long one server may take for one answer
     */
    NameServers(List<InetSocketAddress> configured, Duration patience) {
        this.configured = List.copyOf(configured);
        this.patience = patience;
    }

    /** Returns what the system's hosts file says of the name; empty where it does not know it. */
    List<InetAddress> inHostsFile(String host) {
        List<InetAddress> found = new ArrayList<>();
        try {
            Name name = Name.fromString(host, Name.root);
            for (int type : new int[] {Type.A, Type.AAAA}) {
                Optional<InetAddress> address = hostsFile.getAddressForHost(name, type);
                address.ifPresent(found::add);
            }
        } catch (IOException e) {
            return List.of(); // no name, or a file that cannot be read: name servers are asked
        }
        return List.copyOf(found);
    }

    /** Asks for records of one type; the future completes normally, within bounded time. */
    CompletableFuture<Answer> ask(String host, int type) {
        Name name;
        try {
            name = Name.fromString(host);
        } catch (TextParseException e) {
            return CompletableFuture.completedFuture(new Failed("is no name: " + e.getMessage()));
        }
        List<InetSocketAddress> all = servers();
        List<InetSocketAddress> servers = all.subList(0, Math.min(MOST_SERVERS, all.size()));
        if (servers.isEmpty()) {
            return CompletableFuture.completedFuture(new Failed("there is no name server"));
        }
        List<InetSocketAddress> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.addAll(servers);
        }
        return ask(name, type, rounds, 0)
                .completeOnTimeout(
                        new Failed("no answer from " + text(servers.getFirst())),
                        patience.toMillis() * rounds.size() + 1_000,
                        TimeUnit.MILLISECONDS);
    }

    private List<InetSocketAddress> servers() {
        if (!configured.isEmpty()) {
            return configured;
        }
        ResolverConfig.refresh(); // the system's may have changed
        return ResolverConfig.getCurrentConfig().servers();
    }

    private CompletableFuture<Answer> ask(Name name, int type, List<InetSocketAddress> servers, int index) {
        InetSocketAddress server = servers.get(index);
        Asked asked = new Asked(server, patience);
        return session(asked)
                .lookupAsync(name, type)
                .handle((found, failure) -> answer(found, failure, asked, server))
                .thenCompose(answer -> answer instanceof Failed && index + 1 < servers.size()
                        ? ask(name, type, servers, index + 1)
                        : CompletableFuture.completedFuture(answer))
                .toCompletableFuture();
    }

    private LookupSession session(Asked asked) {
        LookupSession.LookupSessionBuilder session =
                LookupSession.builder().resolver(asked).maxRedirects(MOST_ALIASES);
        if (configured.isEmpty()) {
            ResolverConfig system = ResolverConfig.getCurrentConfig();
            session.searchPath(system.searchPath()).ndots(system.ndots());
        }
        return session.build();
    }

    private static Answer answer(
            @Nullable LookupResult found, @Nullable Throwable failure, Asked asked, InetSocketAddress server) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return switch (cause) {
            case null ->
                found == null || found.getRecords().isEmpty()
                        ? new Nothing(true)
                        : new Found(found.getRecords(), asked.leastTtl.get());
            case NoSuchDomainException _ -> new Nothing(false);
            case NoSuchRRSetException _ -> new Nothing(true);
            case ServerFailedException _ -> new Failed("SERVFAIL from " + text(server));
            case RedirectLoopException _ -> new Failed("aliases (CNAME) in a circle");
            case RedirectOverflowException _ -> new Failed("more than " + MOST_ALIASES + " aliases (CNAME)");
            case TimeoutException _ -> new Failed("no answer from " + text(server));
            default -> new Failed("no usable answer from " + text(server) + ": " + oneLine(cause));
        };
    }

    private static String oneLine(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String clean = message.replaceAll("[\\p{Cntrl}\"]+", " ").strip();
        return clean.length() <= 120 ? clean : clean.substring(0, 120);
    }

    private static String text(InetSocketAddress server) {
        InetAddress address = server.getAddress();
        String ip = address == null ? server.getHostString() : address.getHostAddress();
        return server.getPort() == DNS_PORT ? ip : ip + " port " + server.getPort();
    }

    /** One server, asked for one name; notes the shortest TTL of what it answers. */
    private static final class Asked extends SimpleResolver {
        private final AtomicLong leastTtl = new AtomicLong(Integer.MAX_VALUE);

        Asked(InetSocketAddress server, Duration patience) {
            super(server);
            setTimeout(patience);
        }

        @Override
        public CompletionStage<Message> sendAsync(Message query, Executor executor) {
            return super.sendAsync(query, executor).thenApply(response -> {
                for (Record record : response.getSection(Section.ANSWER)) {
                    leastTtl.accumulateAndGet(record.getTTL(), Math::min);
                }
                return response;
            });
        }
    }
}
