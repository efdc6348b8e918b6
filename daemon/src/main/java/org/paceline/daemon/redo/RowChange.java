package org.paceline.daemon.redo;

import org.jspecify.annotations.Nullable;

/**
 * What a transaction made of one row: the row as it is now, by its key, so that applying it twice does no harm.
 *
 * @param table the table's place in the segment's list of tables
 * @param key the key's values, see {@link RowCodec}
 * @param existed whether the row was there before the transaction
 * @param oldHash the {@link RowCodec#hash} of the row before it, 0 where there was none
 * @param row the row after the transaction, or null where it is gone
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record RowChange(int table, byte[] key, boolean existed, int oldHash, byte @Nullable [] row) {}
