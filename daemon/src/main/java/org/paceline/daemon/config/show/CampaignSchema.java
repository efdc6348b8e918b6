package org.paceline.daemon.config.show;

import java.util.List;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.key.CampaignKeys;
import org.paceline.daemon.config.key.PacingKeys;
import org.paceline.daemon.config.key.RetryKeys;
import org.paceline.rules.book.CampaignRuleKeys;
import org.paceline.rules.calendar.HoursKeys;
import org.paceline.rules.policy.DutyKeys;
import org.paceline.rules.policy.LimitKeys;
import org.paceline.yaml.key.Remark;
import org.paceline.yaml.key.Section;

/** All keys of a campaign's file, in the order of the effective configuration. */
final class CampaignSchema {
    static final Section<Object, CampaignConfig> FILE = Section.of(
            "",
            "A campaign of Paceline",
            List.of(
                    CampaignKeys.NAME,
                    CampaignKeys.APPROVAL,
                    CampaignKeys.POLICIES,
                    CampaignKeys.CALLER_ID,
                    CampaignKeys.CALLER_IDS,
                    CampaignKeys.CALLER_ID_CHOICE,
                    CampaignKeys.TRUNKS,
                    PacingKeys.SECTION.shown(
                            (CampaignConfig campaign) -> campaign.settings().pacing()),
                    CampaignKeys.RING_LIMIT,
                    CampaignKeys.WRAP_UP,
                    CampaignKeys.AFTER_WRAP_UP,
                    CampaignKeys.QUALIFICATION,
                    CampaignKeys.SKILLS,
                    CampaignKeys.TALK_LIMIT,
                    CampaignKeys.AGENT_RING,
                    CampaignKeys.MATTER,
                    CampaignKeys.CALLBACKS,
                    CampaignKeys.DAILY_TARGET,
                    CampaignKeys.DISPOSITIONS,
                    RetryKeys.SECTION.shown(
                            (CampaignConfig campaign) -> campaign.settings().retries()),
                    new Remark<>(CampaignRemarks::rules),
                    HoursKeys.HOURS,
                    HoursKeys.HOLIDAYS,
                    LimitKeys.CAPS,
                    LimitKeys.BLOCKED,
                    LimitKeys.ABANDONMENT,
                    DutyKeys.CLASS,
                    DutyKeys.GRADES,
                    DutyKeys.LIST,
                    CampaignRuleKeys.BUDGET,
                    CampaignKeys.DEPARTMENT,
                    CampaignKeys.LIST_MIX,
                    CampaignKeys.RECORDING,
                    CampaignKeys.RECORDING_NOTICE,
                    CampaignKeys.ABANDONMENT_MESSAGE,
                    CampaignKeys.SCRIPT,
                    new Remark<>(CampaignRemarks::script)));

    private CampaignSchema() {}
}
