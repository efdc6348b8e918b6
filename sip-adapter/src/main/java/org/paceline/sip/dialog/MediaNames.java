package org.paceline.sip.dialog;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host names in {@code c=} lines of a call's sessions (RFC 8866 §5.7), and the addresses that they were resolved to.
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class MediaNames {
    private static final Pattern CONNECTION = Pattern.compile("(?m)^c=IN[ \t]+IP[46][ \t]+([^\\s/]+)");

    private final Map<String, InetAddress> known = new HashMap<>();

    void resolved(String name, InetAddress address) {
        known.put(name, address);
    }

    /** Returns the first name in a session that was not resolved yet, or null. */
    @Nullable
    String unknownOf(byte @Nullable [] session) {
        if (session != null) {
            Matcher matcher = CONNECTION.matcher(text(session));
            while (matcher.find()) {
                String host = matcher.group(1);
                if (!isAddress(host) && !known.containsKey(host)) {
                    return host;
                }
            }
        }
        return null;
    }

    /** Returns the session with names that were resolved replaced by addresses. */
    byte @Nullable [] withAddresses(byte @Nullable [] session) {
        if (session == null || known.isEmpty()) {
            return session;
        }
        String replaced = CONNECTION.matcher(text(session)).replaceAll(found -> {
            InetAddress address = known.get(found.group(1));
            return Matcher.quoteReplacement(
                    address == null
                            ? found.group()
                            : "c=IN " + (address instanceof Inet6Address ? "IP6 " : "IP4 ") + address.getHostAddress());
        });
        return replaced.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    private static String text(byte[] session) {
        return new String(session, StandardCharsets.ISO_8859_1);
    }
}
