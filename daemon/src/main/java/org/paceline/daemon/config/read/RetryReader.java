package org.paceline.daemon.config.read;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.paceline.daemon.config.key.RetryKeys;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.yaml.YamlMap;

/**
 * Reads how often a lead is tried, and how long after which outcome. An outcome that is not written keeps its default.
 */
final class RetryReader {

    private RetryReader() {}

    static RetryPlan read(YamlMap retries) {
        int maxAttempts = RetryKeys.MAX_ATTEMPTS.of(retries);
        YamlMap after = RetryKeys.AFTER.in(retries);
        Map<Outcome, Long> millis = new EnumMap<>(Outcome.class);
        RetryKeys.DELAYS.forEach((outcome, key) -> {
            Duration delay = key.of(after);
            if (!delay.isNegative()) {
                millis.put(outcome, delay.toMillis());
            }
        });
        return new RetryPlan(maxAttempts, millis);
    }
}
