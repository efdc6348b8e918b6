package org.paceline.sip.dns;

import java.util.List;

/**
 * What a host's name leads to now.
 *
 * @param servers empty where it does not resolve; among them may be some whose own names do not
 * @param failures one line for each name that does not resolve, with the name and the reason
 * @param ttlMillis for how long it is good at most
 */
public record Resolution(List<Server> servers, List<String> failures, long ttlMillis) {

    public Resolution {
        servers = List.copyOf(servers);
        failures = List.copyOf(failures);
    }

    /** Makes what leads nowhere for ever. */
    static Resolution never(String failure) {
        return new Resolution(List.of(), List.of(failure), Long.MAX_VALUE);
    }

    /** Makes what is known for ever. */
    public static Resolution of(Server server) {
        return new Resolution(List.of(server), List.of(), Long.MAX_VALUE);
    }
}
