package org.paceline.daemon.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.http.Moments;
import org.paceline.dialer.engine.Snapshot;

/**
 * One of the reasons why nothing is dialled.
 *
 * @param code stable, for machines
 * @param until null where it is not known, or only a change ends it
 */
record IdleView(String code, String text, @Nullable String until) {

    static List<IdleView> of(Snapshot.CampaignStatus campaign) {
        return campaign.idleReasons().stream()
                .map(reason -> new IdleView(reason.code(), reason.text(), Moments.shown(reason.untilEpochMillis())))
                .toList();
    }
}
