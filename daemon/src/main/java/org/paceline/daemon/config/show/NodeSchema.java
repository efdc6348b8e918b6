package org.paceline.daemon.config.show;

import java.util.List;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.key.FloorKeys;
import org.paceline.daemon.config.key.NodeKeys;
import org.paceline.daemon.config.key.PhoneKeys;
import org.paceline.daemon.config.key.TrunkKeys;
import org.paceline.yaml.key.Section;

/** All keys of {@code paceline.yaml}, in the order of the effective configuration. */
final class NodeSchema {
    static final Section<Object, DaemonConfig> FILE = Section.of(
            "",
            "A node of Paceline",
            List.of(
                    NodeKeys.NODE,
                    NodeKeys.DATABASE,
                    NodeKeys.SIP,
                    PhoneKeys.REGISTRAR,
                    TrunkKeys.TRUNKS,
                    TrunkKeys.DEPARTMENTS,
                    NodeKeys.MEDIA,
                    FloorKeys.FLOOR,
                    FloorKeys.TEAMS,
                    FloorKeys.AGENTS,
                    FloorKeys.API,
                    NodeKeys.DAILY_TARGET,
                    NodeKeys.COMPLAINTS,
                    NodeKeys.CAMPAIGNS,
                    NodeKeys.POLICIES));

    private NodeSchema() {}
}
