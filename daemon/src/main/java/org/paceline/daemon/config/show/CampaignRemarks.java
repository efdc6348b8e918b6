package org.paceline.daemon.config.show;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.Budget;
import org.paceline.rules.Money;
import org.paceline.rules.ScriptState;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.policy.Cap;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlText;

/** Writes the remarks of the effective configuration about a campaign. */
final class CampaignRemarks {

    private CampaignRemarks() {}

    /** Writes the campaign's own rules, in the words of the judge; the file has them in several sections. */
    static List<String> rules(CampaignConfig campaign) {
        CampaignRules rules = campaign.rules();
        List<String> lines = new ArrayList<>();
        CallingHours hours = rules.hours();
        if (hours != null) {
            lines.add("hours: " + hours.figure());
            if (!hours.quiet().isEmpty()) {
                lines.add("hours, quiet: " + hours.quietFigure());
            }
            if (hours.holidays() != null) {
                lines.add("holidays: " + hours.holidays().figure());
            }
        }
        for (Cap cap : rules.caps()) {
            lines.add("caps: " + written(cap));
        }
        if (rules.classOfService() != null) {
            lines.add("class-of-service: "
                    + ScalarType.written(rules.classOfService().granted()) + ", home +"
                    + String.join(" +", rules.classOfService().home()));
        }
        rules.grades().forEach((grade, plan) -> lines.add("grade " + grade + ": " + plan.attempts() + " attempts"));
        Budget budget = rules.budget();
        if (budget.isLimited()) {
            lines.add("budget: " + Money.text(budget.limitMicros()) + " a month of " + budget.holder() + ", "
                    + YamlText.duration(Duration.ofMillis(budget.reserveMillis())) + " reserved for an attempt");
        }
        if (rules.leadNameRequired() != null) {
            lines.add("list: leads must have a name");
        }
        if (!rules.blocked().isEmpty()) {
            lines.add("blocked: " + rules.blocked().prefixes() + " "
                    + rules.blocked().kinds());
        }
        AbandonmentTerms terms = rules.abandonment();
        if (terms != null) {
            lines.add("abandonment: at most " + terms.limitRatio() * 100 + "%, connected within "
                    + YamlText.duration(Duration.ofMillis(terms.connectWithinMillis())));
        }
        return lines;
    }

    static List<String> script(CampaignConfig campaign) {
        ScriptFile script = campaign.script();
        return script == null || script.state() != ScriptState.ALTERED
                ? List.of()
                : List.of("script: altered, its sha256 is now " + script.sha256() + "; every dial is refused");
    }

    private static String written(Cap cap) {
        return switch (cap) {
            case Cap.NumberDay day -> "a number " + day.atMost() + " a day";
            case Cap.NumberRolling rolling ->
                "a number " + rolling.atMost() + " in " + YamlText.duration(rolling.period());
            case Cap.NumberGap gap -> "a number again after " + YamlText.duration(gap.least());
            case Cap.AgentDay agent -> "an agent " + agent.atMost() + " a day";
            case Cap.CampaignDay day -> "the campaign " + day.atMost() + " a day";
            case Cap.NumberInCampaign number -> "a number " + number.atMost() + " in the campaign";
            case Cap.GapAfter gap ->
                "a number " + YamlText.duration(gap.least()) + " after a "
                        + ScalarType.written(gap.happening()).replace('-', ' ');
        };
    }
}
