package org.paceline.daemon.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.AbandonmentTerms.Window;
import org.paceline.rules.RuleId;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.policy.BlockedNumbers;
import org.paceline.rules.policy.Cap;
import org.paceline.rules.policy.Policy;
import org.paceline.yaml.ScalarType;

/**
 * The figures of a policy.
 *
 * @param appliesTo the numbers that it binds
 */
record PolicyFigures(String id, String title, String citation, String checked, String appliesTo, List<Figure> figures) {

    /** The kinds of a {@link Figure}: the columns of the table. */
    enum Kind {
        HOURS,
        ATTEMPTS,
        ABANDONED,
        OTHER
    }

    /**
     * One figure.
     *
     * @param ruleId the rule that enforces it; {@code abandonment} for the terms that pacing keeps to
     * @param key the key that sets it in a policy file
     */
    record Figure(Kind kind, String ruleId, String key, String allows, String citation) {}

    static PolicyFigures of(Policy policy) {
        List<Figure> figures = new ArrayList<>();
        addHours(figures, policy.hours());
        policy.caps().forEach(cap -> figures.add(figure(cap)));
        addAbandonment(figures, policy.abandonment());
        addOther(figures, policy);
        return new PolicyFigures(
                policy.id(),
                policy.title(),
                policy.citation(),
                policy.checked().toString(),
                policy.appliesTo() == null ? "every number" : policy.appliesTo().toString(),
                figures);
    }

    /** Returns the figures of some kind, one line each. */
    List<String> lines(Kind kind) {
        Stream<String> lines = figures.stream()
                .filter(figure -> figure.kind() == kind)
                .map(figure -> figure.kind() == Kind.OTHER ? figure.ruleId() : figure.allows());
        return lines.toList();
    }

    private static void addHours(List<Figure> figures, @Nullable CallingHours hours) {
        if (hours == null) {
            return;
        }
        add(figures, Kind.HOURS, RuleId.WINDOW_WORKDAY, "hours.days", hours.figure(), hours.citation());
        if (!hours.quiet().isEmpty()) {
            String quiet = "not " + hours.quietFigure();
            add(figures, Kind.HOURS, RuleId.WINDOW_QUIET, "hours.quiet", quiet, hours.quietCitation());
        }
        if (hours.holidays() != null) {
            add(
                    figures,
                    Kind.HOURS,
                    RuleId.WINDOW_HOLIDAY,
                    "holidays",
                    hours.holidays().figure(),
                    hours.holidays().citation());
        }
    }

    private static void add(List<Figure> figures, Kind kind, RuleId rule, String key, String allows, String citation) {
        figures.add(new Figure(kind, rule.text(), key, allows, citation));
    }

    private static Figure figure(Cap cap) {
        return switch (cap) {
            case Cap.NumberDay day -> cap(RuleId.CAP_NUMBER_DAY, "number-day", day.atMost() + " a day", cap);
            case Cap.NumberRolling rolling ->
                cap(RuleId.CAP_NUMBER_DAY, "rolling", rolling.atMost() + " in " + period(rolling.period()), cap);
            case Cap.NumberGap gap -> cap(RuleId.GAP_NUMBER, "gap", ScalarType.written(gap.least()) + " apart", cap);
            case Cap.AgentDay agent -> cap(RuleId.CAP_AGENT_DAY, "agent-day", agent.atMost() + " a day per agent", cap);
            case Cap.CampaignDay day ->
                cap(RuleId.CAP_CAMPAIGN_DAY, "campaign-day", day.atMost() + " a day per campaign", cap);
            case Cap.NumberInCampaign number ->
                cap(RuleId.CAP_NUMBER_CAMPAIGN, "number-campaign", number.atMost() + " per campaign", cap);
            case Cap.GapAfter gap -> gapAfter(gap);
        };
    }

    private static Figure gapAfter(Cap.GapAfter gap) {
        String least = period(gap.least()) + " after ";
        return switch (gap.happening()) {
            case CONVERSATION -> cap(RuleId.GAP_CONVERSATION, "gap-after-conversation", least + "a conversation", gap);
            case REFUSAL -> cap(RuleId.GAP_REFUSAL, "gap-after-refusal", least + "a refusal", gap);
            case ABANDONED_CALL -> abandoned("no-redial", least + "an abandoned call", gap);
            case ABANDONED_CALL_UNLESS_RESERVED ->
                abandoned("no-redial-unless-reserved", least + "an abandoned call, unless an agent is reserved", gap);
        };
    }

    private static Figure abandoned(String key, String allows, Cap cap) {
        return new Figure(Kind.ATTEMPTS, RuleId.GAP_ABANDONED.text(), "abandonment." + key, allows, cap.citation());
    }

    private static Figure cap(RuleId rule, String key, String allows, Cap cap) {
        return new Figure(Kind.ATTEMPTS, rule.text(), "caps." + key, allows, cap.citation());
    }

    private static void addAbandonment(List<Figure> figures, @Nullable AbandonmentTerms terms) {
        if (terms == null) {
            return;
        }
        String share = percent(terms.limitRatio())
                + switch (terms.denominator()) {
                    case ANSWERED_BY_PERSON -> " of calls answered by a person";
                    case ALL_ANSWERED -> " of calls answered";
                };
        String window = switch (terms.window()) {
            case Window.Rolling rolling -> " in " + period(Duration.ofMillis(rolling.millis()));
            case Window.CalendarMonth _ -> " in a calendar month";
        };
        String agent = ", agent within " + ScalarType.written(Duration.ofMillis(terms.connectWithinMillis())) + " of "
                + switch (terms.clockStart()) {
                    case ANSWER -> "the answer";
                    case GREETING_START -> "the greeting's start";
                    case GREETING_END -> "the greeting's end";
                };
        String ring = terms.minimumRingMillis() == 0
                ? ""
                : ", ring at least " + ScalarType.written(Duration.ofMillis(terms.minimumRingMillis()));
        figures.add(new Figure(
                Kind.ABANDONED, "abandonment", "abandonment", share + window + agent + ring, terms.citation()));
    }

    /** Writes a period, up to four days in hours, as the law writes them. */
    private static String period(Duration period) {
        boolean inHours = period.toHours() <= 96 && period.equals(Duration.ofHours(period.toHours()));
        return inHours ? period.toHours() + "h" : ScalarType.written(period);
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.4g", ratio * 100).replaceAll("\\.?0+$", "") + "%";
    }

    private static void addOther(List<Figure> figures, Policy policy) {
        BlockedNumbers blocked = policy.blocked();
        if (!blocked.isEmpty()) {
            List<String> never = new ArrayList<>();
            blocked.prefixes().forEach(prefix -> never.add(prefix.toString()));
            blocked.kinds().stream().sorted().forEach(kind -> never.add(ScalarType.written(kind)));
            add(
                    figures,
                    Kind.OTHER,
                    RuleId.PREFIX_BLOCKED,
                    "blocked",
                    "never " + String.join(", ", never),
                    blocked.citation());
        }
        Policy.Duties duties = policy.duties();
        addDuty(figures, RuleId.RECORD_REQUIRED, "recording.required", "every call is recorded", duties.recording());
        addDuty(figures, RuleId.RECORD_NOTICE, "recording.notice", "who is recorded is told", duties.recordingNotice());
        addDuty(figures, RuleId.SCRIPT_FIXED, "script.required", "an approved script", duties.script());
        addDuty(figures, RuleId.LIST_SCREENED, "list.require", "leads have a name", duties.leadName());
        addDuty(
                figures,
                RuleId.CLASS_OF_SERVICE,
                "class-of-service.required",
                "only as far as is granted",
                duties.classOfService());
        Policy.Consent consent = duties.consent();
        if (consent != null) {
            addDuty(
                    figures,
                    RuleId.CONSENT,
                    "consent.from",
                    "only with consent, from " + consent.from(),
                    consent.citation());
        }
    }

    private static void addDuty(
            List<Figure> figures, RuleId rule, String key, String allows, @Nullable String citation) {
        if (citation != null) {
            add(figures, Kind.OTHER, rule, key, allows, citation);
        }
    }
}
