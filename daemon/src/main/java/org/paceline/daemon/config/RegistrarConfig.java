package org.paceline.daemon.config;

import java.time.Duration;
import java.util.List;
import org.paceline.sip.auth.DigestAlgorithm;

/**
 * {@code registrar}: the terms for agents' phones that register.
 *
 * @param realm what phones name beside user and password
 * @param digests the hash functions that phones may use, the best first
 * @param shortest the shortest registration
 * @param longest the longest registration
 * @param phonesPerAgent how many phones of an agent may be registered at once
 * @param tries how many wrong passwords begin a wait
 */
public record RegistrarConfig(
        String realm,
        List<DigestAlgorithm> digests,
        Duration shortest,
        Duration longest,
        int phonesPerAgent,
        int tries) {}
