package org.paceline.sip.stack;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses, as {@code 203.0.113.0/24} (RFC 4632, RFC 4291 §2.3).
 *
 * @param first its first address, whose bits behind the prefix are zero
 * @param prefixBits how many leading bits all its addresses have in common
 */
public record AddressRange(InetAddress first, int prefixBits) {

    private static final Pattern FORM = Pattern.compile("(?<address>[0-9A-Fa-f:.]+)(?:/(?<bits>\\d{1,3}))?");

    public AddressRange {
        byte[] bytes = first.getAddress();
        if (prefixBits < 0 || prefixBits > 8 * bytes.length) {
            throw new IllegalArgumentException(
                    "prefixBits=" + prefixBits + ": must be from 0 to " + 8 * bytes.length + " for " + first);
        }
        if (!Arrays.equals(bytes, masked(bytes, prefixBits, 0))) {
            throw new IllegalArgumentException(
                    "first=" + first + ": must have no bits behind the prefix " + prefixBits);
        }
    }

    /** Makes the range of one address. */
    public static AddressRange of(InetAddress address) {
        return new AddressRange(address, 8 * address.getAddress().length);
    }

    /**
     * Reads an address, or the first address of a range with its prefix. Bits behind the prefix are taken for zero.
     *
     * @return null where it is neither
     */
    public static @Nullable AddressRange parse(String text) {
        Matcher form = FORM.matcher(text);
        InetAddress address = form.matches() ? NameResolver.literal(form.group("address")) : null;
        if (address == null) {
            return null;
        }
        byte[] bytes = address.getAddress();
        String bits = form.group("bits");
        int prefix = bits == null ? 8 * bytes.length : Integer.parseInt(bits);
        return prefix > 8 * bytes.length ? null : new AddressRange(address(masked(bytes, prefix, 0)), prefix);
    }

    /** Whether its addresses are IPv6. */
    public boolean isV6() {
        return first.getAddress().length == 16;
    }

    public InetAddress last() {
        return address(masked(first.getAddress(), prefixBits, 0xff));
    }

    public boolean overlaps(AddressRange other) {
        int common = Math.min(prefixBits, other.prefixBits);
        return isV6() == other.isV6()
                && Arrays.equals(masked(first.getAddress(), common, 0), masked(other.first.getAddress(), common, 0));
    }

    /** Returns it as it is written, without the prefix where it is one address. */
    @Override
    public String toString() {
        String ip = first.getHostAddress();
        return prefixBits == 8 * first.getAddress().length ? ip : ip + "/" + prefixBits;
    }

    /** Sets the bits behind the prefix to those of the filler. */
    private static byte[] masked(byte[] bytes, int prefixBits, int filler) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(prefixBits - 8L * i, 0, 8);
            int mask = (0xff << (8 - kept)) & 0xff;
            masked[i] = (byte) ((masked[i] & mask) | (filler & ~mask));
        }
        return masked;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // the length is that of an address
        }
    }
}
