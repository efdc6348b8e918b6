package org.paceline.daemon.campaigns;

import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.ScriptState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every text that a campaign's agents were to read from, so that the version kept with a call can be looked up.
 *
 * <p>Thread: any; may wait for the database.
 */
public final class ScriptTable {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptTable.class);
    private static final String KEEP = "INSERT INTO script_version (campaign, version, sha256, approved, text, kept_at)"
            + " VALUES (:campaign, :version, :sha256, :approved, :text, :at) ON CONFLICT DO NOTHING";

    private final Database database;

    public ScriptTable(Database database) {
        this.database = database;
    }

    /** Keeps a campaign's script; where the database does not take it, the log says so. */
    public void keep(CampaignId campaign, ScriptFile script, long nowEpochMillis) {
        boolean isApproved = script.state() == ScriptState.APPROVED;
        if (!isApproved) {
            LOG.warn(
                    "campaign={} event=script-altered version={} approved-sha256={} sha256={} effect=\"no dial is permitted\"",
                    campaign,
                    script.version(),
                    script.approvedSha256(),
                    script.sha256());
        }
        try {
            database.write(handle -> handle.createUpdate(KEEP)
                    .bind("campaign", campaign.value())
                    .bind("version", script.version())
                    .bind("sha256", script.sha256())
                    .bind("approved", isApproved)
                    .bind("text", script.text())
                    .bind("at", nowEpochMillis)
                    .execute());
        } catch (JdbiException e) {
            LOG.error(
                    "campaign={} event=script-not-kept version={} sha256={} effect=\"kept at the next start\"",
                    campaign,
                    script.version(),
                    script.sha256(),
                    e);
        }
    }
}
