package org.paceline.sip.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.paceline.sip.dns.Answer.Failed;
import org.paceline.sip.dns.Answer.Found;
import org.paceline.sip.dns.Answer.Nothing;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.Transport;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * Finds the servers of a SIP host (RFC 3263 §4): by NAPTR and SRV where it is a name without a port, else by its
 * addresses. A name that stands in the system's hosts file leads to the address there, and one without a dot is asked
 * for addresses only.
 *
 * <p>Thread: any; each name is looked up on a virtual thread of its own.
 */
public final class SipNames {

    private static final int MOST_SERVERS = 32;
    private static final int MOST_NAPTR = 16;
    private static final int MOST_ADDRESSES = 16;
    private static final long LEAST_TTL_SECONDS = 5;
    private static final long LONGEST_TTL_SECONDS = 3_600;
    private static final long HOSTS_FILE_TTL_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final NameServers servers;
    private final Families families;

    /**
     * @param nameServers empty for the system's own
     * @param families of the addresses that are wanted
     */
    public SipNames(List<InetSocketAddress> nameServers, Families families) {
        this(nameServers, families, PATIENCE);
    }

    SipNames(List<InetSocketAddress> nameServers, Families families, Duration patience) {
        this.servers = new NameServers(nameServers, patience);
        this.families = families;
    }

    /**
     * Passes on what a host leads to: at once where it is an address, else later, within half a minute.
     *
     * @param port 0 for none
     * @param transport the one that its servers must have
     */
    public void resolve(String host, int port, Transport transport, Consumer<Resolution> then) {
        InetAddress address = NameResolver.literal(host);
        if (address == null) {
            Thread.ofVirtual()
                    .name("sip-resolve")
                    .start(() -> then.accept(new Search(host, port, Service.of(transport)).result()));
        } else {
            int at = port == 0 ? transport.defaultPort() : port;
            then.accept(
                    families.has(address)
                            ? Resolution.of(new Server(host, transport, at, 0, 0, List.of(address)))
                            : Resolution.never(host + ": is of another family than the address that we send from"));
        }
    }

    /** The search for one host. Thread: one. */
    private final class Search {
        private final String host;
        private final int port;
        private final Service service;
        private final List<String> failures = new ArrayList<>();
        private long ttlSeconds = LONGEST_TTL_SECONDS;

        Search(String host, int port, Service service) {
            this.host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            this.port = port;
            this.service = service;
        }

        Resolution result() {
            List<Server> found = servers();
            long ttlMillis = TimeUnit.SECONDS.toMillis(Math.max(LEAST_TTL_SECONDS, ttlSeconds));
            return new Resolution(found, failures, ttlMillis);
        }

        private List<Server> servers() {
            List<InetAddress> local = families.inOrder(servers.inHostsFile(host));
            if (!local.isEmpty()) {
                ttlSeconds = HOSTS_FILE_TTL_SECONDS;
                return List.of(new Server(host, service.transport(), portOrDefault(), 0, 0, local));
            }
            if (port != 0 || host.indexOf('.') < 0) {
                return byAddress(host);
            }
            CompletableFuture<Answer> naptr = servers.ask(host, Type.NAPTR);
            CompletableFuture<Answer> srv = servers.ask(service.srvName(host), Type.SRV);
            String offered = "";
            if (naptr.join() instanceof Found found) {
                List<NAPTRRecord> usable = usable(found);
                for (NAPTRRecord each : usable) {
                    List<Server> servers = byNaptr(each);
                    if (!servers.isEmpty()) {
                        learn(found);
                        failures.clear();
                        return servers;
                    }
                }
                if (!usable.isEmpty()) {
                    return List.of();
                }
                offered = offered(found);
            }
            return switch (srv.join()) {
                case Found found -> bySrv(service.srvName(host), found);
                case Nothing _ -> offered.isEmpty() ? byAddress(host) : fail(host, "offers only " + offered);
                case Failed failed -> fail(service.srvName(host) + " SRV", failed.why());
            };
        }

        /** Returns the NAPTR records that we can follow, the first first (RFC 3403 §4.1). */
        private List<NAPTRRecord> usable(Found found) {
            return found.records().stream()
                    .filter(NAPTRRecord.class::isInstance)
                    .map(NAPTRRecord.class::cast)
                    .filter(each -> service.naptr().equalsIgnoreCase(each.getService()))
                    .filter(each -> each.getFlags().equalsIgnoreCase("s")
                            || each.getFlags().equalsIgnoreCase("a"))
                    .sorted(Comparator.comparingInt(NAPTRRecord::getOrder).thenComparingInt(NAPTRRecord::getPreference))
                    .limit(MOST_NAPTR)
                    .toList();
        }

        /** Returns the transports of SIP that the records speak of, of which none is ours. */
        private static String offered(Found found) {
            return String.join(
                    ", ",
                    found.records().stream()
                            .filter(NAPTRRecord.class::isInstance)
                            .map(each -> ((NAPTRRecord) each).getService())
                            .filter(each -> each.matches("(?i)sips?\\+d2[a-z]"))
                            .distinct()
                            .limit(MOST_NAPTR)
                            .toList());
        }

        private List<Server> byNaptr(NAPTRRecord record) {
            String name = text(record.getReplacement());
            if (record.getFlags().equalsIgnoreCase("a")) {
                return byAddress(name);
            }
            return switch (servers.ask(name, Type.SRV).join()) {
                case Found found -> bySrv(name, found);
                case Nothing _ -> fail(name + " SRV", "there is none, though a NAPTR of " + host + " names it");
                case Failed failed -> fail(name + " SRV", failed.why());
            };
        }

        private List<Server> bySrv(String name, Found found) {
            learn(found);
            List<SRVRecord> records = found.records().stream()
                    .filter(SRVRecord.class::isInstance)
                    .map(SRVRecord.class::cast)
                    .filter(each -> !each.getTarget().equals(Name.root) && each.getPort() > 0)
                    .sorted(Comparator.comparingInt(SRVRecord::getPriority))
                    .limit(MOST_SERVERS)
                    .toList();
            if (records.isEmpty()) {
                return fail(name + " SRV", "says that there is no such service");
            }
            Map<Integer, Integer> sums = new TreeMap<>();
            records.forEach(each -> sums.merge(each.getPriority(), each.getWeight(), Integer::sum));
            List<Addresses> asked = records.stream()
                    .map(each -> new Addresses(text(each.getTarget())))
                    .toList();
            List<Server> all = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                SRVRecord each = records.get(i);
                // Where none has a weight, they share evenly.
                int weight = sums.getOrDefault(each.getPriority(), 0) == 0 ? 1 : each.getWeight();
                all.add(new Server(
                        asked.get(i).name,
                        service.transport(),
                        each.getPort(),
                        each.getPriority(),
                        weight,
                        asked.get(i).await()));
            }
            return all.stream().allMatch(each -> each.addresses().isEmpty()) ? List.of() : all;
        }

        private List<Server> byAddress(String name) {
            List<InetAddress> addresses = new Addresses(name).await();
            return addresses.isEmpty()
                    ? List.of()
                    : List.of(new Server(name, service.transport(), portOrDefault(), 0, 0, addresses));
        }

        private int portOrDefault() {
            return port == 0 ? service.transport().defaultPort() : port;
        }

        private void learn(Found found) {
            ttlSeconds = Math.min(ttlSeconds, found.ttlSeconds());
        }

        private List<Server> fail(String name, String why) {
            failures.add(name + ": " + why);
            return List.of();
        }

        /** The addresses of one name, asked for when it is made. */
        private final class Addresses {
            private final String name;
            private final List<InetAddress> local;
            private final List<CompletableFuture<Answer>> asked = new ArrayList<>();

            Addresses(String name) {
                this.name = name;
                local = families.inOrder(servers.inHostsFile(name));
                if (local.isEmpty() && families != Families.V6) {
                    asked.add(servers.ask(name, Type.A));
                }
                if (local.isEmpty() && families != Families.V4) {
                    asked.add(servers.ask(name, Type.AAAA));
                }
            }

            /** Waits for them; where there are none, the reason becomes a failure. */
            List<InetAddress> await() {
                if (!local.isEmpty()) {
                    return local;
                }
                List<InetAddress> found = new ArrayList<>();
                String why = "";
                boolean exists = false;
                for (CompletableFuture<Answer> answer : asked) {
                    switch (answer.join()) {
                        case Found records -> {
                            exists = true;
                            learn(records);
                            records.records().forEach(each -> add(each, found));
                        }
                        case Nothing none -> exists |= none.nameExists();
                        case Failed failed -> why = failed.why();
                    }
                }
                if (found.isEmpty()) {
                    String none =
                            exists ? "has no " + families.word() + " that can be sent to" : "there is no such name";
                    fail(name, why.isEmpty() ? none : why);
                }
                return families.inOrder(found.subList(0, Math.min(MOST_ADDRESSES, found.size())));
            }

            private static void add(Record record, List<InetAddress> found) {
                InetAddress address = record instanceof ARecord v4
                        ? v4.getAddress()
                        : record instanceof AAAARecord v6 ? v6.getAddress() : null;
                if (address != null && !address.isAnyLocalAddress() && !address.isMulticastAddress()) {
                    found.add(address);
                }
            }
        }
    }

    private static String text(Name name) {
        return name.toString(true);
    }
}
