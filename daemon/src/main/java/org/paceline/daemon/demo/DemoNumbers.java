package org.paceline.daemon.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.DialRequest;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RuleBook;
import org.paceline.rules.Verdict;

/**
 * Numbers that belong to nobody: the ranges that the United States with Guam (555-01xx), the United Kingdom (Ofcom) and
 * Australia (ACMA) keep for drama. Their zones lie around the globe, so at any hour some may be called and some may
 * not.
 */
final class DemoNumbers {
    private static final List<String> UNITED_STATES = List.of(
            "212", "305", "312", "404", "415", "503", "602", "612", "617", "702", "713", "303", "206", "808", "907",
            "671");
    private static final List<String> UNITED_KINGDOM =
            List.of("2079460", "1134960", "1144960", "1154960", "1164960", "1174960", "1214960", "1314960");
    private static final List<String> AUSTRALIA = List.of("25550", "35550", "75550", "85550");

    /** Longer than a demo lasts, so that no window closes during it. */
    private static final long LASTING_MILLIS = 5 * 60_000;

    private final List<PhoneNumber> open = new ArrayList<>();
    private final List<PhoneNumber> closed = new ArrayList<>();
    private int openTaken;
    private int closedTaken;

    /** Sorts every drama number by whether the rules permit it from now on for the length of a demo. */
    DemoNumbers(NumberPlan plan, RuleBook rules, long nowEpochMillis, long seed) {
        for (String text : candidates()) {
            if (plan.parse(text, null) instanceof NumberPlan.Parsed.Valid valid) {
                boolean now = permits(rules, valid.number(), nowEpochMillis);
                boolean later = permits(rules, valid.number(), nowEpochMillis + LASTING_MILLIS);
                if (now && later) {
                    open.add(valid.number());
                } else if (!now && !later) {
                    closed.add(valid.number());
                }
            }
        }
        Random random = new Random(seed);
        Collections.shuffle(open, random);
        Collections.shuffle(closed, random);
    }

    private static List<String> candidates() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            for (String area : UNITED_STATES) {
                texts.add(String.format(Locale.ROOT, "+1%s55501%02d", area, i));
            }
            for (String area : UNITED_KINGDOM) {
                texts.add(String.format(Locale.ROOT, "+44%s%03d", area, i));
            }
            for (String area : AUSTRALIA) {
                texts.add(String.format(Locale.ROOT, "+61%s%04d", area, i));
            }
        }
        return texts;
    }

    private static boolean permits(RuleBook rules, PhoneNumber number, long atEpochMillis) {
        CampaignApproval running = new CampaignApproval(ApprovalState.RUNNING, 0, Long.MAX_VALUE);
        DialRequest request = DialRequest.to(number, atEpochMillis, running)
                .callerId(DemoFiles.CALLER_ID)
                .build();
        return rules.judge(request) instanceof Verdict.Permitted;
    }

    /** Returns the next numbers that may be called now; fewer where there are no more. */
    List<PhoneNumber> open(int count) {
        List<PhoneNumber> taken = List.copyOf(open.subList(openTaken, Math.min(open.size(), openTaken + count)));
        openTaken += taken.size();
        return taken;
    }

    /** Returns the next numbers at whose place it is too early or too late. */
    List<PhoneNumber> closed(int count) {
        List<PhoneNumber> taken =
                List.copyOf(closed.subList(closedTaken, Math.min(closed.size(), closedTaken + count)));
        closedTaken += taken.size();
        return taken;
    }
}
