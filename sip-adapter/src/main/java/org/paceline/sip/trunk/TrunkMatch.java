package org.paceline.sip.trunk;

import java.util.List;
import org.paceline.sip.stack.AddressRange;

/**
 * Addresses besides those of its hosts from which a trunk's peer sends requests.
 *
 * @param names looked up again and again
 */
public record TrunkMatch(List<AddressRange> ranges, List<String> names) {

    public static final TrunkMatch NONE = new TrunkMatch(List.of(), List.of());

    public TrunkMatch {
        ranges = List.copyOf(ranges);
        names = List.copyOf(names);
    }
}
