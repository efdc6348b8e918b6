package org.paceline.bench.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A plain file of what writers were told is committed, a line a lead: its id and its attempts. What the kernel has been
 * given survives the kill of the process.
 *
 * <p>Thread: any.
 */
final class ToldLog implements AutoCloseable {
    private final FileChannel file;

    private ToldLog(FileChannel file) {
        this.file = file;
    }

    static ToldLog append(Path path) throws IOException {
        return new ToldLog(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** Notes a transaction that the database has committed, with one write. */
    void committed(int[] leads, int[] attempts) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < leads.length; i++) {
            lines.append(leads[i]).append(' ').append(attempts[i]).append('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /** Returns the most attempts that were told of each lead; a line without an end is not one yet. */
    static int[] read(Path path, int leads) throws IOException {
        int[] most = new int[leads];
        if (!Files.exists(path)) {
            return most;
        }
        String text = Files.readString(path, US_ASCII);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
            int space = line.indexOf(' ');
            int lead = Integer.parseInt(line, 0, space, 10);
            most[lead] = Math.max(most[lead], Integer.parseInt(line, space + 1, line.length(), 10));
        });
        return most;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
