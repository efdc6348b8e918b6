package org.paceline.sip.call;

import java.util.BitSet;

/**
 * A set of status, cause or warning codes, as the table writes it: {@code 404, 410, 500–599}.
 *
 * @param text empty for any code
 */
record Numbers(String text, BitSet codes) {
    static final Numbers ANY = new Numbers("", new BitSet());

    static Numbers of(String text) {
        BitSet codes = new BitSet();
        for (String part : text.split(", *", -1)) {
            String[] ends = part.split("–", -1);
            codes.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return new Numbers(text, codes);
    }

    boolean contains(int code) {
        return text.isEmpty() || codes.get(Math.max(0, code));
    }
}
