package org.paceline.daemon.database;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last lines of something that must not be lost, in a file beside a PostgreSQL database (ADR 17). Tab-separated;
 * each line ends with a full stop and its CRC-32C in hex. A line that a kill, a full disk or a loss of power cut off is
 * skipped: it is at the end of a file, or before a line that is {@code ~} alone, which is written behind such an end
 * before anything else. Any other line that is not whole is reported as damage. Two files of bounded size take turns.
 *
 * <p>Thread: any, one at a time.
 */
public final class LineLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineLog.class);
    private static final String END = ".";
    private static final String TORN = "~";

    private final String name;
    private final Path file;
    private final Path former;
    private final int mostBytes;
    private final boolean force;
    private FileChannel channel;

    /**
     * @param name its name in messages: {@code attempt log}
     * @param file the file; the former one is beside it, with {@code .1}
     * @param mostBytes the largest size of each file
     * @throws IOException with one line: no file of ours, permission denied
     */
    public LineLog(String name, Path file, int mostBytes, Durability durability) throws IOException {
        this.name = name;
        this.file = file;
        this.former = file.resolveSibling(file.getFileName() + ".1");
        this.mostBytes = mostBytes;
        this.force = durability == Durability.POWER;
        refuseForeign(former);
        refuseForeign(file);
        this.channel = open();
    }

    private void refuseForeign(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(path)) {
            throw problem(path, Files.isDirectory(path) ? "is a folder" : "is no regular file", null);
        }
        // One append may exceed the bound, but never by a file's length.
        if (Files.size(path) > 2L * mostBytes) {
            throw problem(path, "has " + Files.size(path) + " bytes, ours at most " + mostBytes, null);
        }
    }

    private IOException problem(Path path, String what, @Nullable Throwable cause) {
        return new IOException(
                name + " " + path + " " + what + ": it is not what Paceline wrote; move it away to start without it",
                cause);
    }

    private FileChannel open() throws IOException {
        FileChannel opened;
        try {
            opened = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileSystemException e) {
            throw new IOException(name + " " + file + " cannot be written: " + FileFault.reason(e), e);
        }
        try {
            if (isTorn()) {
                LOG.info("event=torn-line-passed-over file={}", file);
                write(opened, ByteBuffer.wrap(("\n" + TORN + "\n").getBytes(StandardCharsets.UTF_8)));
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw new IOException(name + " " + file + " cannot be used: " + FileFault.reason(e), e);
        }
    }

    private boolean isTorn() throws IOException {
        try (FileChannel reader = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return reader.size() > 0 && reader.read(last, reader.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /**
     * Appends all lines, or none of them.
     *
     * @param lines each a list of values without tabs and line ends
     */
    public synchronized void append(List<List<Object>> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(lines));
        if (!channel.isOpen()) {
            channel = open();
        }
        long before = channel.size();
        if (before + bytes.remaining() > mostBytes) {
            turn();
            before = channel.size();
        }
        try {
            write(channel, bytes);
            if (force) {
                channel.force(false);
            }
        } catch (IOException e) {
            takeBack(before);
            throw e;
        }
    }

    private static byte[] bytes(List<List<Object>> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(lines.size() * 100);
        StringBuilder text = new StringBuilder(100);
        for (List<Object> line : lines) {
            text.setLength(0);
            line.forEach(value -> text.append(value).append('\t'));
            byte[] values = text.toString().getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(values);
            bytes.writeBytes((END + checksum(values) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Takes back a partial write: a part of a line must not stay for the next line to be written behind it. When the
     * file is opened again, a torn end is marked.
     */
    private void takeBack(long bytes) {
        try {
            channel.truncate(bytes);
        } catch (IOException e) {
            LOG.warn("event=log-not-cut-back file={} reason=\"{}\"", file, FileFault.reason(e));
            try {
                channel.close();
            } catch (IOException again) {
                LOG.debug("event=log-not-closed file={}", file, again);
            }
        }
    }

    private void turn() throws IOException {
        channel.close();
        Files.move(file, former, StandardCopyOption.REPLACE_EXISTING);
        channel = open();
    }

    private static String checksum(byte[] values) {
        CRC32C crc = new CRC32C();
        crc.update(values);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /**
     * Reads the whole lines, oldest first.
     *
     * @param values how many a line has
     * @param parse makes an entry of a line's values
     * @throws IOException with one line that says where the file is damaged and what to do
     */
    public synchronized <T> List<T> read(int values, Function<String[], T> parse) throws IOException {
        List<T> entries = new ArrayList<>();
        for (Path path : List.of(former, file)) {
            if (Files.exists(path)) {
                new Reading<>(path, values, parse, entries).run();
            }
        }
        return entries;
    }

    /** Reads one file. */
    private final class Reading<T> {
        private final Path path;
        private final int values;
        private final Function<String[], T> parse;
        private final List<T> entries;

        Reading(Path path, int values, Function<String[], T> parse, List<T> entries) {
            this.path = path;
            this.values = values;
            this.parse = parse;
            this.entries = entries;
        }

        void run() throws IOException {
            byte[] bytes;
            try {
                bytes = Files.readAllBytes(path);
            } catch (IOException e) {
                throw new IOException(name + " " + path + " cannot be read: " + FileFault.reason(e), e);
            }
            int number = 1;
            int begin = 0;
            for (int end = next(bytes, begin); end < bytes.length; end = next(bytes, begin), number++) {
                line(bytes, begin, end, number);
                begin = end + 1;
            }
        }

        /** Returns the end of the line that begins there; the length of the file where that line is torn. */
        private static int next(byte[] bytes, int begin) {
            int end = begin;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            return end;
        }

        private void line(byte[] bytes, int begin, int end, int number) throws IOException {
            if (isMark(bytes, begin, end) || isMark(bytes, end + 1, next(bytes, end + 1))) {
                return;
            }
            String why;
            try {
                String line = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, begin, end - begin))
                        .toString();
                String[] part = line.split("\t", -1);
                if (part.length == values + 1 && isWhole(line, part[values])) {
                    entries.add(parse.apply(part));
                    return;
                }
                why = part.length == values + 1
                        ? "its checksum is wrong"
                        : "it has " + (part.length - 1) + " values, not " + values;
            } catch (CharacterCodingException e) {
                why = "it is no UTF-8";
            } catch (IllegalArgumentException e) {
                why = String.valueOf(e.getMessage());
            }
            throw new IOException(name + " " + path + " line " + number + " (byte " + begin + ") is damaged: " + why
                    + ". Take the line out, or move the file away: what it alone knows is then not put back");
        }

        private static boolean isMark(byte[] bytes, int begin, int end) {
            return end - begin == TORN.length() && end <= bytes.length && bytes[begin] == TORN.charAt(0);
        }

        /** Whether a line is whole; lines of the first release have no checksum. */
        private static boolean isWhole(String line, String end) {
            return end.equals(END)
                    || end.equals(END
                            + checksum(line.substring(0, line.length() - end.length())
                                    .getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
