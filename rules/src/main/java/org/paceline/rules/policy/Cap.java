package org.paceline.rules.policy;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A limit on how often people are called. */
public sealed interface Cap {
    /** The longest period of a cap, so that no more than a year's history must be kept. */
    Duration LONGEST_PERIOD = Duration.ofDays(366);

    String citation();

    /** Limits attempts to one number on one local day of the called party ({@code cap.number-day}). */
    record NumberDay(int atMost, String citation) implements Cap {
        public NumberDay {
            requirePositive(atMost);
        }
    }

    /** Limits attempts to one number in any period of that length ({@code cap.number-day}). */
    record NumberRolling(int atMost, Duration period, String citation) implements Cap {
        private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6}) in (\\d{1,5})(m|h|d)");

        public NumberRolling {
            requirePositive(atMost);
            requirePeriod(period);
        }

        /** Parses {@code 3 in 24h}; returns null where the text is not such a cap. */
        static @Nullable NumberRolling parse(String text, String citation) {
            Matcher matcher = WRITTEN.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            int atMost = Integer.parseInt(matcher.group(1));
            long amount = Long.parseLong(matcher.group(2));
            Duration period = switch (matcher.group(3)) {
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
            boolean isCap = atMost > 0 && period.isPositive() && period.compareTo(LONGEST_PERIOD) <= 0;
            return isCap ? new NumberRolling(atMost, period, citation) : null;
        }
    }

    /** Sets the least time between two attempts to one number ({@code gap.number}). */
    record NumberGap(Duration least, String citation) implements Cap {
        public NumberGap {
            requirePeriod(least);
        }
    }

    /** Limits calls of one agent on one day of the call centre ({@code cap.agent-day}). */
    record AgentDay(int atMost, String citation) implements Cap {
        public AgentDay {
            requirePositive(atMost);
        }
    }

    /** Limits calls of one campaign on one day of the call centre ({@code cap.campaign-day}). */
    record CampaignDay(int atMost, String citation) implements Cap {
        public CampaignDay {
            requirePositive(atMost);
        }
    }

    /**
     * Limits attempts of one campaign to one number, for as long as the campaign lasts ({@code cap.number-campaign}).
     */
    record NumberInCampaign(int atMost, String citation) implements Cap {
        public NumberInCampaign {
            requirePositive(atMost);
        }
    }

    /** Sets the least time to the next attempt after something happened with the number ({@code gap.*}). */
    record GapAfter(Happening happening, Duration least, String citation) implements Cap {
        /** The event that the time runs from. */
        public enum Happening {
            /** An agent talked with the called party. */
            CONVERSATION,
            /** The called party said no. */
            REFUSAL,
            /** The call was abandoned. */
            ABANDONED_CALL,
            /** The call was abandoned; an attempt for which an agent is kept free need not wait. */
            ABANDONED_CALL_UNLESS_RESERVED
        }

        public GapAfter {
            requirePeriod(least);
        }
    }

    private static void requirePositive(int atMost) {
        if (atMost < 1) {
            throw new IllegalArgumentException("atMost=" + atMost + ": must be at least 1");
        }
    }

    private static void requirePeriod(Duration duration) {
        if (!duration.isPositive() || duration.compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException(
                    "duration=" + duration + ": must be longer than 0, at most " + LONGEST_PERIOD);
        }
    }
}
