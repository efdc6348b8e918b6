package org.paceline.daemon.api;

import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.http.Moments;
import org.paceline.dialer.campaign.CampaignPause;

/** A supervisor's order that the campaign is to place no calls. */
record PauseView(String by, String since, String reason) {

    static @Nullable PauseView of(@Nullable CampaignPause pause) {
        return pause == null
                ? null
                : new PauseView(pause.by(), Moments.written(pause.sinceEpochMillis()), pause.reason());
    }
}
