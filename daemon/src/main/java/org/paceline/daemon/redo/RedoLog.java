package org.paceline.daemon.redo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log: records with consecutive numbers in files that begin with a head. A record stands in the operating system's
 * hands when {@link #append} returns, and on the disk when {@link #force} returns.
 *
 * <p>The end of the last file may be torn, because a process or a machine died while it wrote; it is cut off when the
 * log is opened. Damage anywhere else stops the opening.
 *
 * <p>Once the disk failed to hold what was written, or to say under which name, the log takes nothing more: a second try
 * could succeed without the first one's bytes. Opening it anew reads what the disk has.
 *
 * <p>Thread: {@link #append}, {@link #begin}, {@link #dropBefore} and {@link #close} one at a time, {@link #force} from
 * any.
 */
public final class RedoLog implements AutoCloseable {
    private static final String PART = ".part";

    private final Disk disk;
    private final Segments segments;
    private final String boot;
    private final ByteWriter buffer = new ByteWriter(1 << 12);
    private final Object forcing = new Object();
    private @Nullable SegmentHead head;
    private volatile Disk.@Nullable Output output;
    private volatile @Nullable IOException failed;
    private String file = "";
    private long fileBytes;
    private boolean tailUnsure;
    private volatile long last;
    private volatile long forced;
    private TableSums sums = new TableSums(0);
    private String cut = "";

    /** Takes records. */
    @FunctionalInterface
    public interface Visitor {
        void visit(StoreShape shape, RedoRecord record) throws IOException;
    }

    private RedoLog(Disk disk, String boot) {
        this.disk = disk;
        this.segments = new Segments(disk);
        this.boot = boot;
    }

    /**
     * Opens the log of a folder, and finds its last whole record. Cuts what stands behind that, and forces the file, so
     * that whatever the log says from now on stays.
     *
     * @param boot which start of the machine this is; empty where that is not known
     * @throws DamageException where the last file is damaged elsewhere than at its end
     */
    public static RedoLog open(Disk disk, String boot) throws IOException {
        RedoLog log = new RedoLog(disk, boot);
        disk.forceNames(); // a killed process may not have done it after it gave a file its name
        List<String> names = log.segments.names();
        if (!names.isEmpty()) {
            log.openLast(names.getLast());
        }
        for (String name : disk.names()) {
            if (name.endsWith(PART)) {
                disk.delete(name);
            }
        }
        return log;
    }

    private void openLast(String name) throws IOException {
        try (Segment segment = Segment.open(disk, name)) {
            SegmentHead found = segment.head();
            TableSums after = found.sums().copy();
            last = found.first() - 1;
            RedoRecord next = segment.next(last + 1);
            while (next != null) {
                last = next.number();
                next.changes().forEach(after::apply);
                next = segment.next(last + 1);
            }
            long end = segment.place();
            long torn = disk.length(name) - end;
            if (torn > 0) {
                int whole = requireTornEnd(segment, found, torn);
                cut = disk.place(name) + " ended in the middle of record " + (last + 1) + ": its last " + torn
                        + " bytes were cut off"
                        + (whole == 0 ? "" : ", among them " + whole + " records that the disk did not have to hold");
            }
            head = found;
            sums = after;
            file = name;
            fileBytes = end;
        }
        Disk.Output out = disk.append(file, fileBytes);
        output = out;
        force(out);
        forced = last;
    }

    /**
     * Tells a torn end from damage: behind a torn end stands nothing whole, unless the machine died and its disk had not
     * been made to hold these records.
     *
     * @return how many whole records stand behind it
     */
    private int requireTornEnd(Segment segment, SegmentHead found, long torn) throws IOException {
        Segment.Rest rest = segment.lookBehind(torn);
        boolean machineDied = boot.isEmpty() || !boot.equals(found.boot());
        if (rest.records() > 0 && !(machineDied && rest.forced() <= last)) {
            throw segment.damage(last + 1, rest.records() + " whole records stand behind it");
        }
        return rest.records();
    }

    /** Whether another start of the machine wrote the log last, so that the machine may have died since. */
    public boolean isOfAnotherBoot() {
        SegmentHead now = head;
        return now != null && (boot.isEmpty() || !boot.equals(now.boot()));
    }

    /** Returns how many bytes its disk still takes. Thread: any. */
    public long freeBytes() throws IOException {
        return disk.freeBytes();
    }

    /** Whether the log takes nothing more, because its disk failed. */
    public boolean isFailed() {
        return failed != null;
    }

    /** Returns what was cut off when the log was opened, one line, or an empty text. */
    public String cut() {
        return cut;
    }

    /** Whether there is no file. */
    public boolean isEmpty() {
        return head == null;
    }

    /** Returns the head of the file that is written, or null where there is none yet. */
    public @Nullable SegmentHead head() {
        return head;
    }

    /** Returns the number of the last record; without any, of the one before the first. */
    public long last() {
        return last;
    }

    /** Returns the tables' sums after the last record. Thread: as {@link #append}. */
    public TableSums sums() {
        return sums.copy();
    }

    /**
     * Returns the number of the oldest record from which on the files have all, or of the next one where they have none.
     */
    public long first() throws IOException {
        return head == null ? last + 1 : segments.oldestBefore(head).first();
    }

    /** Whether the records from 1 on made the database, and are all there. */
    public boolean isWhole() {
        try {
            return head != null && head.whole() && first() == 1;
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Begins a new file, for records from {@code first} on, and forces the one before. When it fails, the old file goes
     * on, unless the disk itself failed.
     *
     * @param before the tables' sums before that record
     * @param whole see {@link SegmentHead}
     */
    public void begin(StoreShape shape, long first, TableSums before, boolean whole) throws IOException {
        requireSound();
        finish();
        SegmentHead fresh = new SegmentHead(shape, first, fileBefore(first), whole, boot, before.copy());
        Frames.begin(buffer, SegmentHead.MARK);
        fresh.write(buffer);
        ByteBuffer bytes = Frames.end(buffer);
        long length = bytes.remaining();
        String part = fresh.name() + PART;
        try (Disk.Output out = disk.create(part)) {
            out.write(bytes);
            out.force();
        }
        rename(part, fresh.name());
        head = fresh;
        file = fresh.name();
        fileBytes = length;
        last = first - 1;
        forced = last;
        sums = before.copy();
        tailUnsure = false;
    }

    /** Returns which file has the records before this one; 0 where none has. */
    private long fileBefore(long first) {
        SegmentHead now = head;
        if (now == null || first != last + 1) {
            return 0;
        }
        return now.first() == first ? now.before() : now.first(); // a file without records is replaced
    }

    private void rename(String part, String name) throws IOException {
        try {
            disk.rename(part, name);
        } catch (IOException e) {
            if (disk.names().contains(name)) {
                failed = e; // records behind the old file's end would count for nothing if the new file stays
            }
            throw e;
        }
    }

    /** Begins a new file behind the last record, with the same tables. */
    public void roll() throws IOException {
        SegmentHead now = require();
        if (now.first() > last && now.boot().equals(boot)) {
            return; // the file has no record yet
        }
        begin(now.shape(), last + 1, sums, now.whole());
    }

    private SegmentHead require() {
        if (head == null) {
            throw new IllegalStateException("the log has no file yet");
        }
        return head;
    }

    private void requireSound() throws IOException {
        IOException cause = failed;
        if (cause != null) {
            throw new IOException(
                    "the redo log takes nothing more since its disk failed: " + cause.getMessage(), cause);
        }
    }

    private Disk.Output output() throws IOException {
        Disk.Output out = output;
        if (out == null) {
            out = disk.append(file, fileBytes);
            output = out;
        }
        if (tailUnsure) {
            out.truncate(fileBytes);
            force(out); // else a lost power could join bytes of the refused record and of the next one
            tailUnsure = false;
        }
        return out;
    }

    private void force(Disk.Output out) throws IOException {
        try {
            out.force();
        } catch (IOException e) {
            failed = e;
            throw e;
        }
    }

    /**
     * Writes what a transaction did. When it fails, nothing is in the log.
     *
     * @return the record's number
     */
    public long append(List<RowChange> changes) throws IOException {
        requireSound();
        SegmentHead now = require();
        if (!now.boot().equals(boot)) {
            roll(); // so that the end of each file was written in one life of the machine
        }
        RedoRecord record = new RedoRecord(last + 1, forced, changes);
        Frames.begin(buffer, RedoRecord.MARK);
        record.write(buffer);
        if (buffer.size() - Frames.HEAD_BYTES > Frames.MOST_BYTES) {
            throw new IOException("a transaction of " + changes.size() + " rows is too large for the log");
        }
        ByteBuffer bytes = Frames.end(buffer);
        int length = bytes.remaining();
        Disk.Output out = output();
        try {
            out.write(bytes);
        } catch (IOException e) {
            tailUnsure = true;
            throw e;
        }
        fileBytes += length;
        changes.forEach(sums::apply);
        last = record.number();
        return last;
    }

    /**
     * Makes the disk hold the records up to this one. Callers that wait at once share one pass.
     *
     * @throws IOException when the disk fails; what it holds is then unknown, so the process must end
     */
    public void force(long number) throws IOException {
        synchronized (forcing) {
            if (forced >= number) {
                return;
            }
            requireSound();
            long reached = last;
            Disk.Output out = output;
            if (out != null) {
                force(out);
            }
            forced = reached;
        }
    }

    /** Removes files whose records all come before this one. The file that is written stays. */
    public void dropBefore(long number) throws IOException {
        segments.dropBefore(number);
    }

    /**
     * Reads the records from a number on, in their order.
     *
     * @throws DamageException where a file or a record is missing or damaged
     */
    public void read(long from, Visitor visitor) throws IOException {
        if (from <= last) {
            segments.read(from, last, visitor);
        }
    }

    private void finish() throws IOException {
        synchronized (forcing) {
            Disk.Output out = output;
            if (out != null) {
                requireSound();
                if (tailUnsure) {
                    out.truncate(fileBytes);
                }
                force(out);
                forced = last;
                tailUnsure = false;
                output = null;
                out.close();
            }
        }
    }

    /** Forces what was written, and closes the file. */
    @Override
    public void close() throws IOException {
        try {
            finish();
        } finally {
            Disk.Output out = output;
            if (out != null) {
                output = null;
                out.close();
            }
        }
    }
}
