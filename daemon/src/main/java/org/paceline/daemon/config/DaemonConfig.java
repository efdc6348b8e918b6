package org.paceline.daemon.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.TrunkId;

/**
 * {@code paceline.yaml}: the settings of the node as a whole. Some take a restart to change ({@code NodeChange}).
 *
 * <p>Thread: any (immutable).
 *
 * @param file the file that it was read from; relative paths in it are relative to its folder, and are resolved here
 * @param complaints the terms for a complaint that says nothing else
 * @param dailyTarget an agent's target for a day, over all campaigns
 * @param campaigns folder of the campaign files
 * @param policies folder of the user's own policy files; it need not exist
 */
public record DaemonConfig(
        Path file,
        NodeConfig node,
        DatabaseConfig database,
        SipConfig sip,
        RegistrarConfig registrar,
        List<TrunkConfig> trunks,
        List<DepartmentConfig> departments,
        MediaConfig media,
        FloorConfig floor,
        List<TeamConfig> teams,
        List<AgentConfig> agents,
        ApiConfig api,
        ComplaintTerms complaints,
        DailyTarget dailyTarget,
        Path campaigns,
        Path policies) {

    /** Returns the agent of that name, or null. */
    public @Nullable AgentConfig agent(AgentId id) {
        return agents.stream()
                .filter(agent -> agent.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Returns the department of that name, or null. */
    public @Nullable DepartmentConfig department(String name) {
        return departments.stream()
                .filter(department -> department.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Returns the trunk of that name, or null. */
    public @Nullable TrunkConfig trunk(TrunkId id) {
        return trunks.stream()
                .filter(trunk -> trunk.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
