package org.paceline.daemon.config.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.config.Secret;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.config.read.CampaignReader;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.policy.PolicyLibrary;
import org.paceline.yaml.ConfigProblem;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.FileFault;
import org.paceline.yaml.SmallFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts changed files in force, those of campaigns and the node's: each file as a whole or not at all. It looks at the
 * files' content once a second, because watching by the file system misses network drives and editors that swap files.
 * After a change of a policy file or of the node's file every campaign is read again.
 *
 * <p>Thread: {@code config-watch} reads; {@link #node}, {@link #files} and {@link #reload} any.
 */
public final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long PERIOD_MILLIS = 1_000;
    private static final String UNREADABLE = "unreadable: ";
    private static final long STOP_SECONDS = 2;
    private static final long LIMIT_MILLIS = 60_000;

    private final Function<String, @Nullable String> environment;
    private final BiConsumer<DaemonConfig, DaemonConfig> nodeListener;
    private final Listener listener;
    private final Map<Path, CampaignConfig> inForce = new HashMap<>();
    private final Map<Path, List<ConfigProblem>> problems = new TreeMap<>();
    private Map<Path, String> seen = new HashMap<>();
    private String seenNode;

    private Map<Path, String> seenPolicies;
    private PolicyLibrary policies;
    private final ScheduledExecutorService thread;
    private final ThreadWatch watch;
    private final TimedReads reads;
    private @Nullable Heartbeat heartbeat;
    private volatile DaemonConfig node;
    private volatile List<CampaignFile> files = List.of();

    /** Takes what comes into force. Thread: {@code config-watch}. */
    public interface Listener {
        /** A new or changed campaign. */
        void configured(CampaignConfig campaign);

        /** The campaign's file is gone. */
        void removed(CampaignId campaign);
    }

    /**
     * Begins from what was read at the start; nothing is watched before {@link #start}.
     *
     * @param environment a variable's value, or null
     * @param nodeListener takes the node's settings before a change and in force now; within {@code config-watch}
     */
    public ConfigWatch(
            Configuration configuration,
            Function<String, @Nullable String> environment,
            BiConsumer<DaemonConfig, DaemonConfig> nodeListener,
            Listener listener,
            ThreadWatch watch) {
        this.node = configuration.daemon();
        this.environment = environment;
        this.nodeListener = nodeListener;
        this.listener = listener;
        this.watch = watch;
        this.reads = new TimedReads(watch);
        this.policies = Configuration.policies(node, new ConfigProblems());
        this.seenNode = fingerprint(node.file());
        this.seenPolicies = policyFingerprints();
        for (CampaignConfig campaign : configuration.campaigns()) {
            inForce.put(campaign.file(), campaign);
        }
        this.seen = fingerprintsOrNone();
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("config-watch").daemon().factory());
        show();
    }

    public void start() {
        Heartbeat beat = watch.heartbeat("config-watch", LIMIT_MILLIS);
        heartbeat = beat;
        Runnable turn = watch.guard("config-watch", () -> {
            beat.beat();
            look();
        });
        // The guard lets no exception out, so the future has nothing to report.
        var _ = thread.scheduleWithFixedDelay(turn, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Looks at once, for SIGHUP; reads every file again, changed or not. */
    public void reload() {
        thread.execute(watch.guard("config-watch", () -> {
            LOG.info("event=reload-asked");
            seenNode = "";
            seen = new HashMap<>();
            look();
        }));
    }

    /** Returns the node's settings in force. */
    public DaemonConfig node() {
        return node;
    }

    /** Returns every campaign file's current state. */
    public List<CampaignFile> files() {
        return files;
    }

    /** Looks once; package-private so that tests need not wait for the clock. */
    void look() {
        try {
            lookAtNode();
            lookAtPolicies();
            Map<Path, String> now = campaignFingerprints();
            problems.remove(node.campaigns());
            Map<Path, String> before = seen;
            seen = now;
            List<Path> gone = Stream.concat(inForce.keySet().stream(), problems.keySet().stream())
                    .filter(file -> file.startsWith(node.campaigns()) && !now.containsKey(file))
                    .distinct()
                    .toList();
            gone.forEach(this::forget);
            now.forEach((file, print) -> {
                if (print.startsWith(UNREADABLE)) {
                    refuseUnreadable(file, print);
                } else if (!print.equals(before.get(file))) {
                    read(file);
                }
            });
            if (!gone.isEmpty()) {
                retryDuplicates();
            }
            show();
        } catch (IOException e) {
            keepAll(e);
        } catch (RuntimeException e) {
            LOG.error("event=reload-failed effect=\"what was in force stays so\"", e);
        }
    }

    /**
     * Keeps all campaigns. A folder that went away, perhaps an unmounted drive, says nothing about the campaigns in it:
     * they go on as they were.
     */
    private void keepAll(IOException e) {
        List<ConfigProblem> found = List.of(Configuration.unlisted(node.campaigns(), e));
        if (problems.put(node.campaigns(), found) == null) {
            tell(found);
        }
        show();
    }

    private void lookAtNode() {
        Path file = node.file();
        String print = fingerprint(file);
        if (print.equals(seenNode)) {
            return;
        }
        seenNode = print;
        if (print.startsWith(UNREADABLE)) {
            refuseUnreadable(file, print);
            return;
        }
        ConfigProblems found = new ConfigProblems();
        DaemonConfig written = Configuration.readNode(file, environment, found);
        if (written != null) {
            refuseWhatCampaignsLack(written, found);
            refuseTransportsOfARestart(written, found);
        }
        if (written == null || !found.isEmpty()) {
            refuse(file, found.list());
            return;
        }
        putInForce(NodeChange.of(node, written), found.cautions());
    }

    private void putInForce(NodeChange change, List<ConfigProblem> cautions) {
        DaemonConfig before = node;
        node = change.node();
        problems.remove(before.file());
        if (!change.waiting().isEmpty()) {
            refuse(
                    before.file(),
                    change.waiting().stream()
                            .map(key -> new ConfigProblem(
                                    before.file().toString(), 0, key, "has changed: comes into force at a restart"))
                            .toList());
        }
        if (node.equals(before)) {
            return;
        }
        cautions.forEach(caution -> LOG.warn("event=config-caution reason=\"{}\"", caution));
        seen = new HashMap<>();
        nodeListener.accept(before, node);
        LOG.info(
                "event=node-configured file={} trunks={} agents={} teams={}",
                node.file(),
                node.trunks().size(),
                node.agents().size(),
                node.teams().size());
    }

    /** Reports what campaigns in force, which work with the node's settings as they are, would lack with others. */
    private void refuseWhatCampaignsLack(DaemonConfig written, ConfigProblems found) {
        inForce.forEach((file, campaign) -> {
            ConfigProblems then = new ConfigProblems();
            CampaignReader.read(file, written, policies, then);
            boolean isOfTheNode =
                    !then.isEmpty() && CampaignReader.read(file, node, policies, new ConfigProblems()) != null;
            if (isOfTheNode) {
                then.list().forEach(found::add);
            }
            campaign.settings().trunks().stream()
                    .filter(trunk -> !isOfTheNode && written.trunk(trunk) == null)
                    .forEach(trunk -> found.add(new ConfigProblem(
                            written.file().toString(),
                            0,
                            "trunks",
                            "has no trunk '" + trunk + "', which campaign '" + campaign.id() + "' dials by")));
        });
        Configuration.refuseAgentsOfNoCampaign(written, inForce.values(), found);
    }

    /** Reports trunks whose transport this node takes up at a restart only. */
    private void refuseTransportsOfARestart(DaemonConfig written, ConfigProblems found) {
        for (TrunkConfig trunk : written.trunks()) {
            trunk.hosts().stream()
                    .map(host -> host.link().transport())
                    .filter(transport -> !node.sip().transports().contains(transport))
                    .findFirst()
                    .ifPresent(transport -> found.add(new ConfigProblem(
                            written.file().toString(),
                            0,
                            "trunks",
                            "trunk '" + trunk.id() + "' goes by " + transport.word()
                                    + ", which sip.transports takes up at a restart: restart, or add it then")));
        }
    }

    private void lookAtPolicies() {
        Map<Path, String> now = policyFingerprints();
        if (now.equals(seenPolicies)) {
            return;
        }
        seenPolicies = now;
        Map<Path, String> late = new TreeMap<>(now);
        late.values().removeIf(print -> !print.startsWith(UNREADABLE + TimedReads.LATE));
        if (!late.isEmpty()) {
            // Reading them would hang the watch; the campaigns in force stay so.
            late.forEach(this::refuseUnreadable);
            return;
        }
        ConfigProblems found = new ConfigProblems();
        PolicyLibrary changed = Configuration.policies(node, found);
        problems.keySet().removeIf(file -> file.startsWith(node.policies()));
        if (found.isEmpty()) {
            policies = changed;
            seen = new HashMap<>();
            return;
        }
        for (ConfigProblem problem : found.list()) {
            problems.computeIfAbsent(Path.of(problem.file()), _ -> new ArrayList<>())
                    .add(problem);
        }
        tell(found.list());
    }

    private void read(Path file) {
        ConfigProblems found = new ConfigProblems();
        CampaignConfig campaign = CampaignReader.read(file, node, policies, found);
        if (campaign != null) {
            Path other = otherFileOf(campaign.id(), file);
            if (other != null) {
                found.add(Configuration.duplicate(campaign, other));
                campaign = null;
            }
        }
        if (campaign == null) {
            refuse(file, found.list());
            return;
        }
        problems.remove(file);
        CampaignConfig before = inForce.put(file, campaign);
        if (before != null && !before.id().equals(campaign.id())) {
            listener.removed(before.id());
        }
        listener.configured(campaign);
        LOG.info("event=campaign-configured campaign={} file={}", campaign.id(), file);
    }

    private void refuseUnreadable(Path file, String print) {
        refuse(file, List.of(new ConfigProblem(file.toString(), 0, "", print.substring(UNREADABLE.length()))));
    }

    /** Refuses a file; its campaign stays in force as before. The same problem is reported once. */
    private void refuse(Path file, List<ConfigProblem> found) {
        if (!found.equals(problems.put(file, found))) {
            tell(found);
        }
    }

    private @Nullable Path otherFileOf(CampaignId campaign, Path file) {
        return inForce.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals(file) && entry.getValue().id().equals(campaign))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private void forget(Path file) {
        problems.remove(file);
        CampaignConfig campaign = inForce.remove(file);
        if (campaign != null) {
            listener.removed(campaign.id());
            LOG.warn("event=campaign-removed campaign={} file={}", campaign.id(), file);
        }
    }

    /** Reads files with a duplicate name again, because the name may have become free. */
    private void retryDuplicates() {
        List.copyOf(problems.keySet()).stream()
                .filter(file -> !seen.getOrDefault(file, UNREADABLE).startsWith(UNREADABLE))
                .forEach(this::read);
    }

    private static void tell(List<ConfigProblem> problems) {
        problems.forEach(problem -> LOG.error(
                "event=config-invalid in-force=unchanged problem=\"{}\"",
                problem.toString().replace('"', '\'')));
    }

    private void show() {
        Map<Path, CampaignFile> shown = new TreeMap<>();
        inForce.forEach((file, campaign) -> shown.put(file, new CampaignFile(file, campaign.id(), List.of())));
        problems.forEach((file, found) -> {
            CampaignConfig campaign = inForce.get(file);
            shown.put(file, new CampaignFile(file, campaign == null ? null : campaign.id(), found));
        });
        files = List.copyOf(shown.values());
    }

    /** Returns the policy files' fingerprints; a folder that does not exist counts as empty. */
    private Map<Path, String> policyFingerprints() {
        try {
            return reads.within(node.policies().resolve("."), () -> Files.isDirectory(node.policies()))
                    ? fingerprints(node.policies())
                    : Map.of();
        } catch (IOException e) {
            return Map.of(node.policies(), UNREADABLE + FileFault.reason(e));
        }
    }

    /** Returns the fingerprints, or none, so that the next look reads every file. */
    private Map<Path, String> fingerprintsOrNone() {
        try {
            return campaignFingerprints();
        } catch (IOException _) {
            return Map.of();
        }
    }

    /** Returns the campaign files' fingerprints, which include those of their scripts. */
    private Map<Path, String> campaignFingerprints() throws IOException {
        Map<Path, String> prints = fingerprints(node.campaigns());
        prints.replaceAll((file, print) -> {
            CampaignConfig campaign = inForce.get(file);
            ScriptFile script = campaign == null ? null : campaign.script();
            return script == null ? print : withScript(print, script.file());
        });
        return prints;
    }

    /** Adds a script's fingerprint. A script whose drive does not answer must not be read. */
    private String withScript(String print, Path script) {
        String ofScript = fingerprint(script);
        return ofScript.startsWith(UNREADABLE + TimedReads.LATE)
                ? UNREADABLE + "its script " + script + " " + ofScript.substring(UNREADABLE.length())
                : print + ofScript;
    }

    private Map<Path, String> fingerprints(Path folder) throws IOException {
        Map<Path, String> prints = new TreeMap<>();
        for (Path file : reads.within(folder, () -> Configuration.yamlFiles(folder))) {
            prints.put(file, fingerprint(file));
        }
        return prints;
    }

    /** Returns the fingerprint of a file's content; for a file that cannot be read, what is wrong with it. */
    private String fingerprint(Path file) {
        try {
            byte[] bytes = reads.within(file, () -> SmallFile.read(file));
            return HexFormat.of().formatHex(Secret.digest(bytes));
        } catch (IOException e) {
            return UNREADABLE + FileFault.reason(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        if (heartbeat != null) {
            watch.ended(heartbeat);
        }
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=config-watch-slow-to-stop");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        reads.close();
    }
}
