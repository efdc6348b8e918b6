package org.paceline.rules;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids of the rules that can refuse a dial, in the order of the catalogue. That order decides between refusals that
 * end together.
 */
public enum RuleId {
    WINDOW_WORKDAY("window.workday"),
    WINDOW_SESSION("window.session"),
    WINDOW_QUIET("window.quiet"),
    WINDOW_HOLIDAY("window.holiday"),
    CAP_AGENT_DAY("cap.agent-day"),
    CAP_NUMBER_DAY("cap.number-day"),
    CAP_NUMBER_CAMPAIGN("cap.number-campaign"),
    CAP_CAMPAIGN_DAY("cap.campaign-day"),
    GAP_NUMBER("gap.number"),
    GAP_CONVERSATION("gap.conversation"),
    GAP_REFUSAL("gap.refusal"),
    GAP_ABANDONED("gap.abandoned"),
    OPTOUT("optout"),
    COMPLAINT("complaint"),
    CONSENT("consent"),
    CALLERID_ALLOTTED("callerid.allotted"),
    CAMPAIGN_APPROVAL("campaign.approval"),
    SCRIPT_FIXED("script.fixed"),
    PREFIX_BLOCKED("prefix.blocked"),
    CLASS_OF_SERVICE("class-of-service"),
    BUDGET_MONTH("budget.month"),
    LIST_SCREENED("list.screened"),
    LEAD_GRADE("lead.grade"),
    RECORD_REQUIRED("record.required"),
    RECORD_NOTICE("record.notice"),
    POLICY_NONE("policy.none"),
    CHANNELS_RESERVED("channels.reserved"),
    /** Another attempt to the number is under way. This is the journal's own rule, not a rule of a policy. */
    IN_FLIGHT("in-flight");

    private static final Map<String, RuleId> BY_TEXT = new LinkedHashMap<>();

    static {
        for (RuleId id : values()) {
            BY_TEXT.put(id.text, id);
        }
    }

    private final String text;

    RuleId(String text) {
        this.text = text;
    }

    /** Returns the id as policies, reports and metrics write it. */
    public String text() {
        return text;
    }

    /**
     * Returns the rule with that text.
     *
     * @throws IllegalArgumentException if there is no such rule
     */
    public static RuleId of(String text) {
        RuleId id = BY_TEXT.get(text);
        if (id == null) {
            throw new IllegalArgumentException("'" + text + "' is no rule: must be one of " + BY_TEXT.keySet());
        }
        return id;
    }
}
