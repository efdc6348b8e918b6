package org.paceline.daemon.redo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** A file of a {@link SimulatedDisk}: what was written, and what a loss of power may leave. Thread: one at a time. */
final class SimulatedFile {
    private static final int BLOCK = 512;

    private byte[] bytes = new byte[256];
    private int length;
    private byte[] forced = {};

    /** What the file was before it became shorter, since it was last forced. */
    private final List<byte[]> olds = new ArrayList<>();

    /** Blocks that a failed force has given up: the next one says that all is well, and does not write them. */
    private final BitSet givenUp = new BitSet();

    int length() {
        return length;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    void write(byte[] more, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
        System.arraycopy(more, 0, bytes, length, count);
        length += count;
    }

    void truncate(int to) {
        if (to < length) {
            olds.add(bytes());
            length = to;
        }
    }

    void force(SplittableRandom random) {
        byte[] now = bytes();
        byte[] before = forced;
        givenUp.stream().filter(_ -> random.nextBoolean()).forEach(block -> copyBlock(before, now, block));
        forced = now;
        olds.clear();
    }

    void failForce(SplittableRandom random) {
        for (int block = 0; block * BLOCK < length; block++) {
            if (!isForced(block) && random.nextBoolean()) {
                givenUp.set(block);
            }
        }
    }

    /** The blocks are written by the next force; a real machine may need a new start for that. */
    void forgetFailedForce() {
        givenUp.clear();
    }

    private boolean isForced(int block) {
        for (int i = block * BLOCK; i < Math.min(length, (block + 1) * BLOCK); i++) {
            if (i >= forced.length || bytes[i] != forced[i]) {
                return false;
            }
        }
        return true;
    }

    void losePower(SplittableRandom random) {
        List<byte[]> versions = new ArrayList<>(olds);
        versions.add(forced);
        versions.add(bytes());
        byte[] left = switch (random.nextInt(4)) {
            case 0 -> forced;
            case 1 -> bytes();
            case 2 -> prefix(bytes(), random);
            default -> mixed(versions, random);
        };
        bytes = left.length == 0 ? new byte[1] : left.clone();
        length = left.length;
        forced = left.clone();
        olds.clear();
        givenUp.clear();
    }

    /** Returns all forced bytes and some of those behind them. */
    private byte[] prefix(byte[] now, SplittableRandom random) {
        return now.length <= forced.length || !startsWithForced(now)
                ? now
                : Arrays.copyOf(now, random.nextInt(forced.length, now.length + 1));
    }

    private boolean startsWithForced(byte[] now) {
        return Arrays.equals(now, 0, forced.length, forced, 0, forced.length);
    }

    /** Returns each block as one of the versions has it; one that a version does not reach is zero. */
    private static byte[] mixed(List<byte[]> versions, SplittableRandom random) {
        byte[] mixed = new byte[versions.get(random.nextInt(versions.size())).length];
        for (int block = 0; block * BLOCK < mixed.length; block++) {
            copyBlock(versions.get(random.nextInt(versions.size())), mixed, block);
        }
        return mixed;
    }

    private static void copyBlock(byte[] from, byte[] to, int block) {
        for (int i = block * BLOCK; i < Math.min(to.length, (block + 1) * BLOCK); i++) {
            to[i] = i < from.length ? from[i] : 0;
        }
    }

    void flip(int place, int bit) {
        bytes[place] ^= (byte) (1 << bit);
    }

    void zeroBlock(int place) {
        int from = place / BLOCK * BLOCK;
        Arrays.fill(bytes, from, Math.min(length, from + BLOCK), (byte) 0);
    }

    void cut(int to) {
        length = to;
    }
}
