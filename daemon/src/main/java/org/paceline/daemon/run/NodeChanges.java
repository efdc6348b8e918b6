package org.paceline.daemon.run;

import java.util.Set;
import java.util.stream.Collectors;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pipeline.Pipeline;
import org.paceline.sip.SipTelephony;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engine and telephony of changed settings of the node. Live calls stay: agents who are gone from the file are
 * signed out after theirs, trunks that are gone take no more.
 *
 * <p>Thread: {@code config-watch}.
 */
record NodeChanges(Pipeline pipeline, SipTelephony telephony) {
    private static final Logger LOG = LoggerFactory.getLogger(NodeChanges.class);

    void apply(DaemonConfig before, DaemonConfig now) {
        pipeline.publish(new Event.FloorConfigured(Settings.floor(now)));
        trunks(before, now);
        telephony.registrar().accounts(Settings.phoneAccounts(now));
        agents(before, now);
    }

    private void trunks(DaemonConfig before, DaemonConfig now) {
        now.trunks().forEach(trunk -> pipeline.publish(new Event.TrunkConfigured(Settings.trunk(trunk))));
        telephony.trunks(Settings.trunkAddresses(now));
        Set<TrunkId> left = now.trunks().stream().map(TrunkConfig::id).collect(Collectors.toSet());
        before.trunks().stream()
                .map(TrunkConfig::id)
                .filter(id -> !left.contains(id))
                .forEach(id -> {
                    LOG.warn("event=trunk-removed trunk={}", id);
                    pipeline.publish(new Event.TrunkRemoved(id));
                });
    }

    private void agents(DaemonConfig before, DaemonConfig now) {
        for (AgentConfig agent : before.agents()) {
            AgentConfig next = now.agent(agent.id());
            if (next == null) {
                signOut(agent.id());
            } else if (!next.address().equals(agent.address())) {
                LOG.info("event=agent-phone-changed agent={} effect=\"at the next sign-in\"", agent.id());
            }
        }
    }

    /** An agent who is not signed in is not: the engine refuses it, and nothing is amiss. */
    private void signOut(AgentId agent) {
        LOG.warn("event=agent-removed agent={} effect=\"is signed out, after the call under way\"", agent);
        var _ = pipeline.command(agent, new AgentCommand.SignOut()).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.error("event=agent-not-signed-out agent={} reason=\"{}\"", agent, failure.getMessage());
            }
        });
    }
}
