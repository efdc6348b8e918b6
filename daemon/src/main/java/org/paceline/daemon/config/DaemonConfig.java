package org.paceline.daemon.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.database.JdbcUrls;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.PauseCode;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.rules.NumberRange;
import org.paceline.sip.trunk.TrunkAddress;

/**
 * {@code paceline.yaml}: what holds for the node as a whole. A change takes a restart.
 *
 * <p>Thread: any (immutable).
 *
 * @param file where it was read from; relative paths in it are relative to its folder, and are resolved here
 * @param complaints what holds for a complaint that says nothing else
 * @param dailyTarget what an agent should do a day, over all campaigns
 * @param campaigns folder of the campaign files
 * @param policies folder of the user's own policy files; need not exist
 */
public record DaemonConfig(
        Path file,
        Node node,
        Database database,
        Sip sip,
        List<Trunk> trunks,
        List<Department> departments,
        Media media,
        Floor floor,
        List<Team> teams,
        List<Agent> agents,
        Api api,
        ComplaintTerms complaints,
        DailyTarget dailyTarget,
        Path campaigns,
        Path policies) {

    /**
     * @param zone whose midnight ends an agent's day
     * @param currency of tariffs and budgets, ISO 4217; null where nothing has a price
     * @param drainLimit how long live calls may last after SIGTERM
     * @param lease how long a node that shares the database holds its leads and calls without a sign of life
     */
    public record Node(String name, ZoneId zone, @Nullable String currency, Duration drainLimit, Duration lease) {}

    /**
     * Exactly one of {@code file} and {@code url} is set.
     *
     * @param file path of the embedded database without its ending, or null
     * @param url JDBC URL of a PostgreSQL server, or null
     * @param connections size of the pool
     * @param durability what a committed batch survives
     * @param logFolder of the attempt log and the do-not-call log
     * @param recoveryLimit how long recovery at the start may take
     */
    public record Database(
            @Nullable Path file,
            @Nullable String url,
            String user,
            Secret password,
            int connections,
            Durability durability,
            Path logFolder,
            Duration recoveryLimit) {
        /** The URL's password is not shown. */
        @Override
        public String toString() {
            return "Database[file=" + file + ", url=" + (url == null ? null : JdbcUrls.masked(url)) + ", user=" + user
                    + ", password=" + password + ", connections=" + connections + ", durability=" + durability
                    + ", logFolder=" + logFolder + ", recoveryLimit=" + recoveryLimit + "]";
        }
    }

    /** @param port UDP; 0 for any free one */
    public record Sip(String host, int port, String callerIdHost, String userAgent) {}

    /**
     * @param reservedChannels how many of the channels campaigns leave free
     * @param callerIds what the peer accepts; empty for anything
     * @param priority lower is tried first
     * @param redirects hosts beside its own that it may send calls on to
     * @param tariff what the carrier charges, or null
     */
    public record Trunk(
            TrunkId id,
            String host,
            int port,
            int channels,
            int reservedChannels,
            double callsPerSecond,
            List<NumberRange> callerIds,
            int priority,
            TrunkAddress.Probe probe,
            Duration probeInterval,
            List<InetAddress> redirects,
            @Nullable Tariff tariff) {

        /** Whether the peer takes calls from it. */
        public boolean accepts(long callerId) {
            return callerIds.isEmpty() || callerIds.stream().anyMatch(range -> range.contains(callerId));
        }
    }

    /**
     * What the calls of a department's campaigns may cost together.
     *
     * @param limitMicros most in a month, millionths of the currency
     */
    public record Department(String name, long limitMicros) {}

    /**
     * @param firstPort first RTP port, even
     * @param lastPort last of the range, inclusive
     * @param recordings folder for recordings, or null where nothing is recorded
     * @param silenceTimeout a call without any RTP for so long is ended; zero for never
     * @param phoneTimeout an agent's phone that neither sends RTP nor answers OPTIONS for so long is off the line; zero for
     *     never
     */
    public record Media(
            int firstPort, int lastPort, @Nullable Path recordings, Duration silenceTimeout, Duration phoneTimeout) {}

    /**
     * @param pauseCodes the reasons there are for a pause; empty for any
     * @param breakTime how long one agent may be on break a day; zero for no such limit
     * @param signInLimit how long a line may take to come up after sign-in; zero for no limit
     * @param lineGrace how long a line may be down before the agent is signed out; zero for no limit
     */
    public record Floor(List<PauseCode> pauseCodes, Duration breakTime, Duration signInLimit, Duration lineGrace) {}

    /**
     * @param leader of {@link Api#leaders}, or null
     * @param onBreakAtMost most agents of the team on break at once, or null for any number
     */
    public record Team(
            String name, @Nullable String leader, @Nullable Integer onBreakAtMost) {}

    /**
     * @param team of {@link #teams}, or null
     * @param skills what the agent can do, as campaigns ask for it
     * @param campaigns whose customers the agent takes; empty for every campaign
     * @param line where the campaigns stand in the file, for messages
     */
    public record Agent(
            AgentId id,
            AgentAddress address,
            @Nullable String team,
            Set<String> skills,
            Set<CampaignId> campaigns,
            Secret token,
            int line) {}

    /** @param port TCP; 0 for any free one */
    public record Api(String host, int port, List<Supervisor> supervisors, List<Leader> leaders) {}

    /** Someone who may act for every agent. */
    public record Supervisor(String name, Secret token) {}

    /** Someone who may act for the agents of the teams that name it their leader. */
    public record Leader(String name, Secret token) {}

    /** The agent of that name, or null. */
    public @Nullable Agent agent(AgentId id) {
        return agents.stream()
                .filter(agent -> agent.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The department of that name, or null. */
    public @Nullable Department department(String name) {
        return departments.stream()
                .filter(department -> department.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The trunk of that name, or null. */
    public @Nullable Trunk trunk(TrunkId id) {
        return trunks.stream()
                .filter(trunk -> trunk.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
