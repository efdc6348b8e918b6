package org.paceline.rules.book;

import org.paceline.rules.calendar.Openness;

/** The catalogue's ids, in its order, which decides between refusals that end together. */
enum RuleId {
    WINDOW_WORKDAY("window.workday"),
    WINDOW_SESSION("window.session"),
    WINDOW_QUIET("window.quiet"),
    WINDOW_HOLIDAY("window.holiday"),
    CAP_AGENT_DAY("cap.agent-day"),
    CAP_NUMBER_DAY("cap.number-day"),
    GAP_NUMBER("gap.number"),
    OPTOUT("optout"),
    CALLERID_ALLOTTED("callerid.allotted"),
    CAMPAIGN_APPROVAL("campaign.approval"),
    PREFIX_BLOCKED("prefix.blocked"),
    RECORD_REQUIRED("record.required");

    private final String text;

    RuleId(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static RuleId of(Openness closed) {
        return switch (closed) {
            case OUTSIDE_DAY -> WINDOW_WORKDAY;
            case BETWEEN_SESSIONS -> WINDOW_SESSION;
            case QUIET -> WINDOW_QUIET;
            case HOLIDAY -> WINDOW_HOLIDAY;
            case OPEN -> throw new IllegalArgumentException("openness=OPEN: no rule refuses");
        };
    }

    /** The place in the catalogue. */
    static int order(String text) {
        int order = 0;
        for (RuleId id : values()) {
            if (id.text.equals(text)) {
                break;
            }
            order++;
        }
        return order;
    }
}
