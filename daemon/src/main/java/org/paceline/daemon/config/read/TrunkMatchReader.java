package org.paceline.daemon.config.read;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.paceline.daemon.config.key.AddressOrName;
import org.paceline.daemon.config.key.TrunkKeys;
import org.paceline.sip.stack.AddressRange;
import org.paceline.sip.trunk.TrunkMatch;
import org.paceline.yaml.Field;
import org.paceline.yaml.Place;
import org.paceline.yaml.YamlMap;

/**
 * Reads the {@code match} of each trunk: whom its peer sends requests from. An address belongs to one trunk, and a range
 * that is so wide that strangers come in is refused.
 */
final class TrunkMatchReader {
    private static final int MOST = 64;
    /** A range with fewer leading bits is refused. */
    private static final int LEAST_BITS_V4 = 8;

    private static final int LEAST_BITS_V6 = 20;
    /** One with fewer is told: whole countries' networks are that large. */
    private static final int USUAL_BITS_V4 = 16;

    private static final int USUAL_BITS_V6 = 32;

    private record Seen(AddressRange range, String trunk, int line) {}

    private final List<Seen> seen = new ArrayList<>();

    TrunkMatch read(YamlMap trunk, String name) {
        Field<List<AddressOrName>> field = TrunkKeys.MATCH.in(trunk);
        List<AddressOrName> values = field.orElse(List.of());
        Place place = field.place();
        if (values.size() > MOST) {
            place.problem("has " + values.size() + " addresses: must be at most " + MOST);
        }
        List<AddressRange> ranges = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (AddressOrName value : values) {
            AddressRange range = value.range();
            if (range == null) {
                names.add(value.text());
            } else {
                ranges.add(range);
                check(range, value.text(), place, name);
            }
        }
        return new TrunkMatch(
                ranges.stream().distinct().toList(), names.stream().distinct().toList());
    }

    private void check(AddressRange range, String text, Place place, String trunk) {
        InetAddress first = range.first();
        boolean isV6 = range.isV6();
        if (range.prefixBits() < (isV6 ? LEAST_BITS_V6 : LEAST_BITS_V4)) {
            place.problem("has " + text + ", which lets in half the internet: must be a range of at most /"
                    + (isV6 ? LEAST_BITS_V6 : LEAST_BITS_V4) + ", better the carrier's own networks");
            return;
        }
        if (first.isAnyLocalAddress() || first.isMulticastAddress()) {
            place.problem("has " + text + ", from which nobody sends: must be addresses of the carrier");
            return;
        }
        if (range.prefixBits() < (isV6 ? USUAL_BITS_V6 : USUAL_BITS_V4)) {
            place.caution("has " + text + ", a range of " + (isV6 ? "a whole provider" : "more than 65,536 addresses")
                    + ": everybody there may send us requests; name the carrier's own networks");
        }
        if (text.indexOf('/') >= 0 && !isFirst(text, first)) {
            place.problem("has " + text + ", whose address is not the first of its range: must be " + range);
        }
        for (Seen earlier : seen) {
            if (!earlier.trunk().equals(trunk) && earlier.range().overlaps(range)) {
                place.problem("has " + text + ", which overlaps with " + earlier.range() + " of trunk '"
                        + earlier.trunk()
                        + "' in line " + earlier.line() + ": an address belongs to one trunk, and is let in for all;"
                        + " keep it in one of them");
            }
        }
        seen.add(new Seen(range, trunk, place.line()));
    }

    private static boolean isFirst(String text, InetAddress first) {
        AddressRange written = AddressRange.parse(text.substring(0, text.indexOf('/')));
        return written != null && written.first().equals(first);
    }
}
