package org.paceline.daemon.api;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.state.IdleReason;

/**
 * Finds campaigns by name, in the same way for every route. A campaign that has just come into force is found, and so
 * is a removed one as long as the engine shows it, because its calls may go on. Thread: any.
 */
final class Campaigns {
    private final EnginePort engine;

    Campaigns(EnginePort engine) {
        this.engine = engine;
    }

    /** @throws ApiProblem 404 where there is none */
    Snapshot.CampaignStatus named(String name) {
        return find(name).orElseThrow(() -> ApiProblem.notFound(unknown(name)));
    }

    /**
     * Returns the campaign that a body or a query names, or null where it names none.
     *
     * @throws ApiProblem 404 where there is no such campaign
     */
    @Nullable
    CampaignId asked(@Nullable String name) {
        return name == null ? null : named(name).id();
    }

    Optional<Snapshot.CampaignStatus> find(String name) {
        return engine.campaigns().stream()
                .filter(campaign -> campaign.id().value().equals(name))
                .findFirst();
    }

    /** Returns the message for a name that no campaign has. */
    String unknown(String name) {
        return "no campaign '" + name + "': must be one of "
                + engine.campaigns().stream().map(Snapshot.CampaignStatus::id).toList();
    }

    /** Returns the campaigns whose file exists; agents may sign in to them. */
    SequencedSet<CampaignId> inForce() {
        return engine.campaigns().stream()
                .filter(campaign -> !isRemoved(campaign))
                .map(Snapshot.CampaignStatus::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static boolean isRemoved(Snapshot.CampaignStatus campaign) {
        List<IdleReason> reasons = campaign.idleReasons();
        return reasons.stream().anyMatch(reason -> reason.kind() == IdleReason.Kind.REMOVED);
    }
}
