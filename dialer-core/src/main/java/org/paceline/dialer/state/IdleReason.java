package org.paceline.dialer.state;

import org.paceline.rules.RuleId;

/**
 * One reason why a campaign places no calls now.
 *
 * @param code stable, for machines: the kind's own, or the id of the rule that says so
 * @param text one line for people
 * @param untilEpochMillis when it ends as far as is known, {@link Long#MAX_VALUE} if only a change ends it, 0 if soon
 */
public record IdleReason(Kind kind, String code, String text, long untilEpochMillis) {

    /**
     * The kinds of reasons, from the most fundamental to the least: while one holds, removing a later one does not make
     * the campaign dial.
     */
    public enum Kind {
        /** The daemon is stopping. */
        DRAINING("draining"),
        /** The campaign's file is gone. */
        REMOVED("campaign.removed"),
        /** The campaign has just come into force, and the engine has not taken it up yet. */
        NEW("campaign.new"),
        /** The campaign is a draft, has ended, or is outside its term. */
        NOT_RUNNING(RuleId.CAMPAIGN_APPROVAL),
        /** A supervisor paused the campaign. */
        PAUSED("campaign.paused"),
        DATABASE_DOWN("database.down"),
        DATABASE_BEHIND("database.behind"),
        /** Recordings cannot be written, and the campaign must record. */
        RECORDER(RuleId.RECORD_REQUIRED),
        /** A rule that speaks of the whole campaign; the code is the rule's id. */
        RULE("rule"),
        NO_TRUNK("trunk.none"),
        TRUNK_DOWN("trunk.down"),
        /** The trunk asked to be left alone for a while. */
        TRUNK_BLOCKED("trunk.blocked"),
        /** A run of calls failed on the trunk, and it is tried again later. */
        TRUNK_STOPPED("trunk.stopped"),
        NO_AGENTS("agents.none"),
        AGENTS_PAUSED("agents.paused"),
        LIST_EMPTY("list.empty"),
        /** Other nodes hold the leads that are left. */
        LIST_ELSEWHERE("list.elsewhere"),
        /** Leads are left, and none may be called yet. */
        LIST_NOT_DUE("list.not-due"),
        /** Leads have been asked for and are not there yet. */
        LIST_AWAITED("list.awaited"),
        /** Every lead in hand has a number that is on another call. */
        LIST_HELD("list.held"),
        TRUNK_FULL("trunk.full"),
        /** The trunk's free channels are kept for calls that belong to no campaign. */
        CHANNELS_RESERVED(RuleId.CHANNELS_RESERVED),
        /** Trunks, ports, the journal or the campaign's own lines take no more for the moment. */
        NO_ROOM("room"),
        /** Each agent has a customer, or is in wrap-up. */
        AGENTS_BUSY("agents.busy");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        Kind(RuleId rule) {
            this(rule.text());
        }

        public String code() {
            return code;
        }
    }

    public IdleReason(Kind kind, String text, long untilEpochMillis) {
        this(kind, kind.code(), text, untilEpochMillis);
    }

    /** Makes the reason for a rule that refuses the whole campaign. */
    public static IdleReason ofRule(RuleId rule, String text, long untilEpochMillis) {
        return new IdleReason(kindOf(rule), rule.text(), text, untilEpochMillis);
    }

    private static Kind kindOf(RuleId rule) {
        return switch (rule) {
            case CAMPAIGN_APPROVAL -> Kind.NOT_RUNNING;
            case RECORD_REQUIRED -> Kind.RECORDER;
            case CHANNELS_RESERVED -> Kind.CHANNELS_RESERVED;
            case WINDOW_WORKDAY,
                    WINDOW_SESSION,
                    WINDOW_QUIET,
                    WINDOW_HOLIDAY,
                    CAP_AGENT_DAY,
                    CAP_NUMBER_DAY,
                    CAP_NUMBER_CAMPAIGN,
                    CAP_CAMPAIGN_DAY,
                    GAP_NUMBER,
                    GAP_CONVERSATION,
                    GAP_REFUSAL,
                    GAP_ABANDONED,
                    OPTOUT,
                    COMPLAINT,
                    CONSENT,
                    CALLERID_ALLOTTED,
                    SCRIPT_FIXED,
                    PREFIX_BLOCKED,
                    CLASS_OF_SERVICE,
                    BUDGET_MONTH,
                    LIST_SCREENED,
                    LEAD_GRADE,
                    RECORD_NOTICE,
                    POLICY_NONE,
                    IN_FLIGHT -> Kind.RULE;
        };
    }
}
