package org.paceline.daemon.redo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A folder of files, as the log and the copies need it. A file's bytes survive a kill of the process once they are
 * written, and a loss of power once they are forced.
 *
 * <p>Thread: any, but one at a time for each file that is written.
 */
public interface Disk {
    /** Returns the names of all files, in the order of the names. */
    List<String> names() throws IOException;

    /** Returns a file's length in bytes. */
    long length(String name) throws IOException;

    /** Reads a file from its beginning. */
    InputStream read(String name) throws IOException;

    /** Makes an empty file, readable by its owner alone; an old one of that name is gone. */
    Output create(String name) throws IOException;

    /** Opens a file to write behind its first {@code length} bytes; what stands after them is cut off. */
    Output append(String name, long length) throws IOException;

    /** Gives a file another name, in one step; forces that step to the disk. */
    void rename(String from, String to) throws IOException;

    /** Makes the disk hold the names of all files, as a rename does. */
    void forceNames() throws IOException;

    /** Removes a file, if it is there. */
    void delete(String name) throws IOException;

    /** Returns how many bytes may still be written; a disk that does not know says {@link Long#MAX_VALUE}. */
    default long freeBytes() throws IOException {
        return Long.MAX_VALUE;
    }

    /** Returns a file's whole path, as errors show it. */
    String place(String name);

    /** A file that is being written. */
    interface Output extends Closeable {
        /** Writes all bytes of the buffer, which has an array, at the end, or fails, after which a part of them may stand there, never all. */
        void write(ByteBuffer bytes) throws IOException;

        /** Makes the disk hold what was written. */
        void force() throws IOException;

        /** Cuts the file to this length. */
        void truncate(long length) throws IOException;
    }
}
