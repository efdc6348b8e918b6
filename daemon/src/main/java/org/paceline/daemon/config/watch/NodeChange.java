package org.paceline.daemon.config.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.paceline.daemon.config.ApiConfig;
import org.paceline.daemon.config.DaemonConfig;

/**
 * A changed {@code paceline.yaml}: what of it comes into force while the daemon runs, and what waits for a restart. The
 * currency, trunks, departments, teams, agents, supervisors and leaders come into force, and what is said of the floor.
 *
 * @param node what is in force from now on
 * @param waiting the keys whose new values wait for a restart, as the file writes them
 */
record NodeChange(DaemonConfig node, List<String> waiting) {

    /** @param written what the file says now */
    static NodeChange of(DaemonConfig before, DaemonConfig written) {
        List<String> waiting = new ArrayList<>();
        for (Fixed fixed : FIXED) {
            if (!Objects.equals(fixed.value.apply(before), fixed.value.apply(written))) {
                waiting.add(fixed.key);
            }
        }
        ApiConfig api = written.api();
        DaemonConfig inForce = new DaemonConfig(
                before.file(),
                before.node().withCurrency(written.node().currency()),
                before.database(),
                before.sip(),
                before.registrar(),
                written.trunks(),
                written.departments(),
                before.media(),
                written.floor(),
                written.teams(),
                written.agents(),
                new ApiConfig(before.api().host(), before.api().port(), api.supervisors(), api.leaders()),
                before.complaints(),
                before.dailyTarget(),
                before.campaigns(),
                before.policies());
        return new NodeChange(inForce, List.copyOf(waiting));
    }

    private record Fixed(String key, Function<DaemonConfig, Object> value) {}

    private static final List<Fixed> FIXED = List.of(
            new Fixed("node", config -> config.node().withCurrency(null)),
            new Fixed("database", DaemonConfig::database),
            new Fixed("sip", DaemonConfig::sip),
            new Fixed("registrar", DaemonConfig::registrar),
            new Fixed("media", DaemonConfig::media),
            new Fixed("api.host", config -> config.api().host()),
            new Fixed("api.port", config -> config.api().port()),
            new Fixed("complaints", DaemonConfig::complaints),
            new Fixed("daily-target", DaemonConfig::dailyTarget),
            new Fixed("campaigns", DaemonConfig::campaigns),
            new Fixed("policies", DaemonConfig::policies));
}
