package org.paceline.daemon.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code account} of a trunk: what the carrier knows us by.
 *
 * @param realm the only realm that the password is for; null for whatever realm the carrier names
 * @param register whether the carrier is told where we are
 * @param domain host of the address that is registered
 * @param expires how long a registration is asked for
 */
public record AccountConfig(
        String user, Secret password, @Nullable String realm, boolean register, String domain, Duration expires) {}
