package org.paceline.daemon.redo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.paceline.daemon.files.PrivateFiles;

/** A folder of the machine. Thread: any. */
public final class FolderDisk implements Disk {
    private static final int READ_BYTES = 1 << 16;

    private final Path folder;

    public FolderDisk(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Makes the folder where it is missing, and the disk hold it. */
    public void make() throws IOException {
        Files.createDirectories(folder);
        Path parent = folder.getParent();
        if (parent != null) {
            forceFolder(parent);
        }
    }

    /** Removes the folder and the files in it. */
    public void remove() throws IOException {
        for (String name : names()) {
            delete(name);
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public long freeBytes() throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.getUsableSpace();
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    @Override
    public long length(String name) throws IOException {
        return Files.size(folder.resolve(name));
    }

    @Override
    public InputStream read(String name) throws IOException {
        return new BufferedInputStream(Files.newInputStream(folder.resolve(name)), READ_BYTES);
    }

    @Override
    public Output create(String name) throws IOException {
        PrivateFiles.create(folder.resolve(name));
        return append(name, 0);
    }

    @Override
    public Output append(String name, long length) throws IOException {
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(path.toString());
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            FileOutput output = new FileOutput(file);
            output.truncate(length);
            return output;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                folder.resolve(from),
                folder.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        forceNames();
    }

    @Override
    public void forceNames() throws IOException {
        forceFolder(folder);
    }

    /** Only a channel can do this, and an interrupt closes one: then once more. */
    private static void forceFolder(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                    entry.force(true);
                    return;
                } catch (ClosedByInterruptException _) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public String place(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** A file that, unlike a channel, stays open when a thread that writes is interrupted. */
    private record FileOutput(RandomAccessFile file) implements Output {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            bytes.position(bytes.limit());
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void truncate(long length) throws IOException {
            if (length < file.length()) {
                file.setLength(length);
            }
            file.seek(length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
