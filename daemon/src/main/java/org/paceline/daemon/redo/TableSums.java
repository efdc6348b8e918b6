package org.paceline.daemon.redo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many rows each table has, and the sum of the rows' hashes. It does not depend on the rows' order, so it can be
 * kept up with each change and compared with what the table itself says.
 *
 * <p>Thread: one at a time.
 */
public final class TableSums {
    /** The finalizer of MurmurHash3, so that rows that trade parts of their content do not add up to the same. */
    private static final long MIX_1 = 0xFF51_AFD7_ED55_8CCDL;

    private static final long MIX_2 = 0xC4CE_B9FE_1A85_EC53L;

    private final long[] counts;
    private final long[] sums;

    /** Makes the sums of so many empty tables. */
    public TableSums(int tables) {
        this(new long[tables], new long[tables]);
    }

    private TableSums(long[] counts, long[] sums) {
        this.counts = counts;
        this.sums = sums;
    }

    public void add(int table, int hash) {
        counts[table]++;
        sums[table] += spread(hash);
    }

    /** Follows a change of a row. */
    public void apply(RowChange change) {
        if (change.existed()) {
            counts[change.table()]--;
            sums[change.table()] -= spread(change.oldHash());
        }
        if (change.row() != null) {
            add(change.table(), RowCodec.hash(change.row()));
        }
    }

    private static long spread(int hash) {
        long mixed = hash + 1L;
        mixed = (mixed ^ mixed >>> 33) * MIX_1;
        mixed = (mixed ^ mixed >>> 33) * MIX_2;
        return mixed ^ mixed >>> 33;
    }

    public long count(int table) {
        return counts[table];
    }

    /** Returns the rows of all tables. */
    public long rows() {
        return Arrays.stream(counts).sum();
    }

    public TableSums copy() {
        return new TableSums(counts.clone(), sums.clone());
    }

    /** Returns the first table in which these are not the other's sums, one line, or an empty text. */
    public String difference(TableSums found, List<TableShape> tables) {
        List<String> all = differences(found, tables);
        return all.isEmpty() ? "" : all.getFirst();
    }

    /** Returns every table in which these are not the other's sums, a line each. */
    public List<String> differences(TableSums found, List<TableShape> tables) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            String table = "table " + tables.get(i).name() + " has ";
            if (counts[i] != found.counts[i]) {
                lines.add(table + found.counts[i] + " rows, should have " + counts[i]);
            } else if (sums[i] != found.sums[i]) {
                lines.add(table + counts[i] + " rows, as it should, but not the same");
            }
        }
        return lines;
    }

    void write(ByteWriter out) {
        for (int i = 0; i < counts.length; i++) {
            out.putSigned(counts[i]).putLong(sums[i]);
        }
    }

    static TableSums read(ByteReader in, int tables) {
        TableSums read = new TableSums(tables);
        for (int i = 0; i < tables; i++) {
            read.counts[i] = in.getSigned();
            read.sums[i] = in.getLong();
        }
        return read;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableSums sum && Arrays.equals(counts, sum.counts) && Arrays.equals(sums, sum.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }
}
