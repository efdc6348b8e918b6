package org.paceline.daemon.csv;

/** Is told how far an import is; called on the importing thread after each batch. */
@FunctionalInterface
public interface ImportProgress {
    ImportProgress NONE = (rows, bytes, totalBytes) -> {};

    /**
     * @param rows data rows read
     * @param bytes bytes of the file read; this is up to a buffer ahead of the rows
     * @param totalBytes the file's size
     */
    void at(long rows, long bytes, long totalBytes);
}
