package org.paceline.daemon.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The last lines of something that must not be lost, in a file beside the embedded database (ADR 11). Tab-separated, each line
 * ended by a full stop so that one cut off by a kill is known. Two files of bounded size take turns.
 *
 * <p>Thread: any, one at a time.
 */
public final class LineLog implements AutoCloseable {
    private static final String END = ".";

    private final Path file;
    private final Path former;
    private final int mostBytes;
    private final boolean force;
    private FileChannel channel;

    /**
     * @param file where it is; the former one stands beside it with {@code .1}
     * @param mostBytes of each file
     */
    public LineLog(Path file, int mostBytes, Durability durability) throws IOException {
        this.file = file;
        this.former = file.resolveSibling(file.getFileName() + ".1");
        this.mostBytes = mostBytes;
        this.force = durability == Durability.POWER;
        this.channel = open();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** @param lines each a list of values without tabs and line ends */
    public synchronized void append(List<List<Object>> lines) throws IOException {
        StringBuilder text = new StringBuilder(lines.size() * 100);
        for (List<Object> line : lines) {
            line.forEach(value -> text.append(value).append('\t'));
            text.append(END).append('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        if (channel.size() + bytes.remaining() > mostBytes) {
            turn();
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        if (force) {
            channel.force(false);
        }
    }

    private void turn() throws IOException {
        channel.close();
        Files.move(file, former, StandardCopyOption.REPLACE_EXISTING);
        channel = open();
    }

    /** @return the whole lines with so many values, oldest first */
    public synchronized List<String[]> read(int values) throws IOException {
        List<String[]> lines = new ArrayList<>();
        for (Path path : List.of(former, file)) {
            for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
                String[] part = line.split("\t", -1);
                if (part.length == values + 1 && part[values].equals(END)) {
                    lines.add(part);
                }
            }
        }
        return lines;
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
