package org.paceline.sip.trunk;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.NameResolver;

/**
 * Finds what a host's name leads to. Addresses of another family than our own are left out where there are others, as
 * nothing can be sent to them.
 *
 * <p>Thread: any.
 */
final class HostResolver {

    private final @Nullable InetAddress own;

    /** @param ownHost the address that we send from, or a name of it */
    HostResolver(String ownHost) {
        own = NameResolver.literal(ownHost);
    }

    /** Does the same as {@link NameResolver#resolve}. */
    void resolve(TrunkHost host, Consumer<List<Target>> then) {
        NameResolver.resolve(
                host.host(), found -> then.accept(found.isEmpty() ? List.of() : List.of(target(host, found))));
    }

    private Target target(TrunkHost host, List<InetAddress> found) {
        List<InetAddress> ours = found.stream()
                .filter(address -> own == null || address.getClass() == own.getClass())
                .toList();
        return new Target(
                host.host(),
                host.port(),
                host.port(),
                host.priority(),
                host.weight(),
                host.link(),
                ours.isEmpty() ? found : ours);
    }
}
