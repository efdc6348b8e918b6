package org.paceline.daemon.config.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.policy.PolicyLibrary;
import org.paceline.yaml.ConfigException;
import org.paceline.yaml.ConfigProblem;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.FileFault;

/**
 * Everything that the files say, after it was found to be right.
 *
 * <p>Thread: any (immutable).
 *
 * @param cautions values that work, but not as written: {@code check} refuses them
 */
public record Configuration(DaemonConfig daemon, List<CampaignConfig> campaigns, List<ConfigProblem> cautions) {

    public Configuration {
        campaigns = List.copyOf(campaigns);
        cautions = List.copyOf(cautions);
    }

    /**
     * Reads the node's file, the campaigns and the policies.
     *
     * @param environment a variable's value, or null
     * @throws ConfigException with every problem of all files
     */
    public static Configuration read(Path file, Function<String, @Nullable String> environment) {
        ConfigProblems problems = new ConfigProblems();
        DaemonConfig daemon = DaemonConfigReader.read(file, environment, problems);
        if (daemon == null) {
            throw new ConfigException(problems.list());
        }
        List<CampaignConfig> campaigns = readCampaigns(daemon, problems);
        problems.throwIfAny();
        return new Configuration(daemon, campaigns, problems.cautions());
    }

    /**
     * Reads the node's file alone.
     *
     * @return null where there is a problem with it
     */
    public static @Nullable DaemonConfig readNode(
            Path file, Function<String, @Nullable String> environment, ConfigProblems problems) {
        ConfigProblems own = new ConfigProblems();
        DaemonConfig node = DaemonConfigReader.read(file, environment, own);
        own.list().forEach(problems::add);
        own.cautions().forEach(problems::caution);
        return own.isEmpty() ? node : null;
    }

    private static List<CampaignConfig> readCampaigns(DaemonConfig daemon, ConfigProblems problems) {
        if (!Files.isDirectory(daemon.campaigns())) {
            return List.of();
        }
        PolicyLibrary policies = policies(daemon, problems);
        List<CampaignConfig> campaigns = new ArrayList<>();
        List<Path> files = listed(daemon.campaigns(), problems);
        boolean allRead = files != null;
        for (Path file : files == null ? List.<Path>of() : files) {
            CampaignConfig campaign = CampaignReader.read(file, daemon, policies, problems);
            if (campaign == null) {
                allRead = false;
            } else if (isNew(campaign, campaigns, problems)) {
                campaigns.add(campaign);
            }
        }
        if (allRead) {
            refuseAgentsOfNoCampaign(daemon, campaigns, problems);
        }
        return campaigns;
    }

    /** Returns the user's policies with the built-in ones; a folder that does not exist counts as empty. */
    public static PolicyLibrary policies(DaemonConfig daemon, ConfigProblems problems) {
        return Files.isDirectory(daemon.policies())
                ? PolicyLibrary.load(daemon.policies(), problems)
                : PolicyLibrary.builtIn();
    }

    /**
     * Returns the YAML files of a folder by name.
     *
     * @throws IOException where the folder cannot be listed, which says nothing about its contents
     */
    public static List<Path> yamlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** @return null where the folder cannot be listed, which is a problem then */
    private static @Nullable List<Path> listed(Path folder, ConfigProblems problems) {
        try {
            return yamlFiles(folder);
        } catch (IOException e) {
            problems.add(unlisted(folder, e));
            return null;
        }
    }

    public static ConfigProblem unlisted(Path folder, IOException e) {
        return new ConfigProblem(
                folder.toString(),
                0,
                "",
                "cannot be listed (" + FileFault.reason(e) + "): must be a folder that this user may read");
    }

    private static boolean isNew(CampaignConfig campaign, List<CampaignConfig> others, ConfigProblems problems) {
        for (CampaignConfig other : others) {
            if (other.id().equals(campaign.id())) {
                problems.add(duplicate(campaign, other.file()));
                return false;
            }
        }
        return true;
    }

    public static ConfigProblem duplicate(CampaignConfig campaign, Path earlier) {
        return new ConfigProblem(
                campaign.file().toString(),
                1,
                "name",
                "campaign '" + campaign.id() + "' is there already, in " + earlier + "; name each one differently");
    }

    /** Reports agents' campaigns that there are not. */
    public static void refuseAgentsOfNoCampaign(
            DaemonConfig daemon, Collection<CampaignConfig> campaigns, ConfigProblems problems) {
        List<CampaignId> known = campaigns.stream().map(CampaignConfig::id).toList();
        for (int i = 0; i < daemon.agents().size(); i++) {
            AgentConfig agent = daemon.agents().get(i);
            for (CampaignId campaign : agent.campaigns()) {
                if (!known.contains(campaign)) {
                    problems.add(new ConfigProblem(
                            daemon.file().toString(),
                            agent.line(),
                            "agents[" + i + "].campaigns",
                            "no campaign '" + campaign + "' in " + daemon.campaigns() + "; there: " + known));
                }
            }
        }
    }

    public Set<CampaignId> campaignIds() {
        return campaigns.stream().map(CampaignConfig::id).collect(Collectors.toSet());
    }

    /** Returns the campaign of that name, or null. */
    public @Nullable CampaignConfig campaign(CampaignId id) {
        return campaigns.stream()
                .filter(campaign -> campaign.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
