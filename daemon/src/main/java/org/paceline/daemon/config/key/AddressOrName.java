package org.paceline.daemon.config.key;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.AddressRange;
import org.paceline.sip.trunk.TrunkMatch;
import org.paceline.yaml.ScalarType;

/**
 * One of the {@code match} of a trunk: an address or a range of addresses, or a name.
 *
 * @param text as it is written
 * @param range null for a name
 */
public record AddressOrName(String text, @Nullable AddressRange range) {

    static final ScalarType<AddressOrName> TYPE = new ScalarType<>(
                    "an IP address, a range as 203.0.113.0/24 or 2001:db8::/48, or a host name", AddressOrName::parse)
            .write(AddressOrName::text);

    static List<String> written(TrunkMatch match) {
        return Stream.concat(match.ranges().stream().map(AddressRange::toString), match.names().stream())
                .toList();
    }

    private static @Nullable AddressOrName parse(String text) {
        AddressRange range = AddressRange.parse(text);
        if (range != null) {
            return new AddressOrName(text, range);
        }
        boolean isName = text.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?") && !text.matches("[0-9.]+");
        return isName ? new AddressOrName(text, null) : null;
    }
}
