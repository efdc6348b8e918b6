package org.paceline.sip.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * On what terms peers may connect to us.
 *
 * @param own what we show them
 * @param clients PEM file of the authorities one of which must have issued a peer's certificate; null where peers need none
 */
public record TlsServer(TlsFiles own, @Nullable Path clients) {}
