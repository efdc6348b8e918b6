package org.paceline.daemon.redo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node with a log, copies, and a row store that stands for H2, beside a model that knows each transaction. The row
 * store is written lazily: after a crash it has any whole state from that of its last copy on.
 *
 * <p>Thread: one at a time.
 */
final class SimulatedNode {
    private static final int AGAIN = 50;
    private static final int KEPT_COPIES = 2;

    private final SplittableRandom random;
    private final SimulatedDisk disk;
    private final boolean power;
    private final boolean knowsBoot;
    private int boot = 1;

    /** The rows after each record that counts. */
    private final TreeMap<Long, Rows> states = new TreeMap<>();

    private final TreeMap<Long, List<RowChange>> records = new TreeMap<>();
    private @Nullable RedoLog open;

    /** A transaction of which nobody knows yet whether it counts. */
    private @Nullable List<RowChange> unsure;

    private long last;

    /** The records up to this one were promised to survive a loss of power. */
    private long forced;

    /** The newest state that the row store may have, and the oldest. */
    private long newestStored;

    private long oldestStored;

    /** The machine died since the log was last opened. */
    private boolean logMayLack;

    private final List<String> told = new ArrayList<>();

    private final SimulationCounts counts;

    SimulatedNode(long seed, SimulationCounts counts) {
        this.random = new SplittableRandom(seed);
        this.disk = new SimulatedDisk(random.nextLong());
        this.power = random.nextBoolean();
        this.knowsBoot = random.nextInt(8) > 0;
        this.counts = counts;
        states.put(0L, new Rows());
    }

    SimulatedDisk disk() {
        return disk;
    }

    /** Returns what was reported at the last start. */
    List<String> told() {
        return told;
    }

    private String bootId() {
        return knowsBoot ? "boot-" + boot : "";
    }

    /** Lives through some processes of the node, each of which ends by a kill, a loss of power or a proper stop. */
    void live() throws IOException {
        int lives = random.nextInt(2, 6);
        for (int i = 0; i < lives; i++) {
            liveOnce();
        }
    }

    private void liveOnce() throws IOException {
        boolean losesPower = random.nextInt(3) == 0;
        if (random.nextBoolean()) {
            disk.killAfter(random.nextInt(60));
        }
        try {
            if (open == null) {
                start();
            }
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                step();
            }
            if (random.nextInt(4) == 0) {
                stop();
            }
        } catch (SimulatedDisk.Killed _) {
            counts.kills++;
        } catch (ProcessEnds _) {
            counts.refusals++;
        }
        if (losesPower) {
            losePower();
        } else {
            kill();
        }
        disk.killAfter(random.nextInt(4) == 0 ? random.nextInt(8) : Integer.MAX_VALUE);
        restart();
    }

    private void stop() throws ProcessEnds {
        try {
            log().close();
            forced = last;
        } catch (IOException _) {
            throw new ProcessEnds();
        }
    }

    /** The next process comes up, maybe after some that are killed while they do. */
    void restart() throws IOException {
        while (true) {
            try {
                start();
                return;
            } catch (SimulatedDisk.Killed _) {
                counts.kills++;
                if (random.nextInt(3) == 0) {
                    losePower();
                } else {
                    kill();
                }
            }
        }
    }

    void kill() {
        open = null;
        disk.restart();
    }

    private void losePower() {
        counts.powerLosses++;
        open = null;
        boot++;
        disk.losePower();
        logMayLack = true;
    }

    private RedoLog log() {
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    /** The process cannot go on. */
    private static final class ProcessEnds extends Exception {
        private static final long serialVersionUID = 1;
    }

    private void step() throws ProcessEnds, IOException {
        switch (random.nextInt(20)) {
            case 0 -> attempt(() -> log().roll());
            case 1 -> attempt(this::copy);
            case 2 -> force();
            case 3 -> disk.refuseShare(random.nextInt(3) == 0 ? 0.2 : 0);
            case 4 -> newestStored = Math.max(newestStored, random.nextLong(oldestStored, last + 1));
            case 5 -> newestStored = last;
            default -> transact();
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    /** Does what may be refused and then tried again later. */
    private void attempt(Action action) throws IOException {
        try {
            action.run();
        } catch (DamageException e) {
            throw e;
        } catch (IOException _) {
            counts.refusals++;
        }
    }

    private void transact() throws ProcessEnds {
        counts.transactions++;
        List<RowChange> changes = changes();
        unsure = changes;
        try {
            long number = log().append(changes);
            if (number != last + 1) {
                throw new AssertionError("record " + number + " follows " + last);
            }
        } catch (IOException _) {
            counts.refusals++;
            unsure = null; // the caller rolls it back
            return;
        }
        unsure = null;
        count(changes);
        if (power && random.nextInt(10) < 7) {
            force();
        }
    }

    private void count(List<RowChange> changes) {
        Rows next = state(last).copy();
        changes.forEach(next::apply);
        last++;
        states.put(last, next);
        records.put(last, changes);
    }

    private Rows state(long number) {
        Rows state = states.get(number);
        if (state == null) {
            throw new AssertionError("the model has no record " + number);
        }
        return state;
    }

    private void force() throws ProcessEnds {
        try {
            log().force(last);
            forced = last;
        } catch (IOException _) {
            throw new ProcessEnds();
        }
    }

    private List<RowChange> changes() {
        Rows now = state(last);
        List<Rows.Key> keys = now.keys();
        TreeMap<Rows.Key, RowChange> changes = new TreeMap<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            RowChange change = !keys.isEmpty() && random.nextInt(4) == 0
                    ? now.remove(keys.get(random.nextInt(keys.size())))
                    : random.nextBoolean()
                            ? now.put(
                                    0,
                                    Rows.lead(
                                            random.nextInt(30),
                                            "+1555" + random.nextInt(10),
                                            note(),
                                            random.nextBoolean()))
                            : now.put(1, Rows.callback(random.nextLong(9), "c" + random.nextInt(3), random.nextInt(9)));
            changes.put(new Rows.Key(change.table(), ByteBuffer.wrap(change.key())), change);
        }
        return List.copyOf(changes.values());
    }

    private @Nullable String note() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> "x".repeat(random.nextInt(1_500)); // the same text often, so that mixed blocks may fit together
            default -> "n".repeat(random.nextInt(60)) + random.nextInt();
        };
    }

    private void copy() throws IOException {
        RedoLog log = log();
        log.force(last);
        log.roll();
        forced = last;
        String name = Copy.name(last);
        writeCopy(name);
        List<String> names = Copy.names(disk);
        oldestStored = last;
        newestStored = last;
        for (int i = 0; i < names.size() - KEPT_COPIES; i++) {
            disk.delete(names.get(i));
        }
        if (names.size() >= KEPT_COPIES) {
            log.dropBefore(Copy.numberOf(names.get(names.size() - KEPT_COPIES)) + 1);
        }
    }

    private void writeCopy(String name) throws IOException {
        try (Copy.Writer writer = new Copy.Writer(disk, name, new Copy.Head(Rows.SHAPE, last, 0))) {
            state(last).each(writer::add);
            writer.finish();
        }
        counts.copies++;
    }

    /** Opens the log, brings the row store up, and compares both with the model. */
    void start() throws IOException {
        told.clear();
        RedoLog log = RedoLog.open(disk, bootId());
        open = log;
        if (!log.cut().isEmpty()) {
            told.add(log.cut());
            counts.cuts++;
        }
        if (log.isEmpty()) {
            log.begin(Rows.SHAPE, last + 1, state(last).sums(), last == 0);
        }
        settle(log);
        Rows store = store(log);
        requireSame("the rows", state(last), store);
        requireSame("the log's sums", store.sums(), log.sums());
        log.read(log.first(), (_, record) -> requireRecord(record));
        unsure = null;
        logMayLack = false;
    }

    /** Takes as fact what the log has of the transactions whose end nobody was told. */
    private void settle(RedoLog log) {
        List<RowChange> changes = unsure;
        if (changes != null && log.last() == last + 1) {
            count(changes);
        }
        unsure = null;
        long promised = logMayLack ? forced : last;
        if (log.last() < promised || log.last() > last) {
            throw new AssertionError("the log ends at record " + log.last() + ", promised=" + promised + " last=" + last
                    + " power=" + power + " told=" + told);
        }
    }

    private Rows store(RedoLog log) throws IOException {
        long has = random.nextLong(oldestStored, newestStored + 1);
        List<String> copies = Copy.names(disk);
        long copied = copies.isEmpty() ? 0 : Copy.numberOf(copies.getLast());
        if (Math.max(has, copied) > log.last()) {
            return ahead(log, Math.max(has, copied), copied);
        }
        forget(log.last());
        if (has < log.first() - 1 || (random.nextInt(4) == 0 && canRebuild(log))) {
            counts.rebuilds++;
            return rebuild(log);
        }
        Rows store = state(has).copy();
        log.read(
                Math.max(log.first(), has + 1 - random.nextInt(AGAIN)),
                (_, record) -> record.changes().forEach(store::apply));
        return store;
    }

    /**
     * The machine died, and the log lacks records that the row store has. It gets them as a copy before the log goes on
     * behind them: after a kill the row store may open in a state that lacks them.
     */
    private Rows ahead(RedoLog log, long has, long copied) throws IOException {
        counts.aheads++;
        forget(has);
        told.add("the database is ahead of the log");
        if (copied < has) {
            writeCopy(Copy.name(has));
        }
        Rows store = new Rows();
        Copy.read(disk, Copy.name(has), store::add);
        log.begin(Rows.SHAPE, has + 1, store.sums(), false);
        forced = has;
        return store;
    }

    /** Forgets what a loss of power took away. */
    private void forget(long from) {
        states.tailMap(from, false).clear();
        records.tailMap(from, false).clear();
        last = from;
        forced = Math.min(forced, last);
        newestStored = Math.min(newestStored, last);
    }

    private boolean canRebuild(RedoLog log) throws IOException {
        List<String> copies = Copy.names(disk);
        return log.isWhole() || (!copies.isEmpty() && Copy.numberOf(copies.getLast()) >= log.first() - 1);
    }

    private Rows rebuild(RedoLog log) throws IOException {
        DamageException damage = null;
        for (String name : Copy.names(disk).reversed()) {
            Rows store = new Rows();
            try {
                Copy.read(disk, name, store::add);
            } catch (DamageException e) {
                told.add(e.getMessage());
                damage = e;
                continue;
            }
            log.read(
                    Copy.head(disk, name).number() + 1,
                    (_, record) -> record.changes().forEach(store::apply));
            return store;
        }
        if (!log.isWhole()) {
            throw damage == null ? new DamageException("there is no copy in " + disk.place("")) : damage;
        }
        Rows store = new Rows();
        log.read(1, (_, record) -> record.changes().forEach(store::apply));
        return store;
    }

    private void requireRecord(RedoRecord record) {
        List<RowChange> known = records.getOrDefault(record.number(), List.of());
        if (known.size() != record.changes().size()) {
            throw new AssertionError("record " + record.number() + " is not the one that was appended");
        }
        Rows expected = states.getOrDefault(record.number() - 1, new Rows()).copy();
        record.changes().forEach(expected::apply);
        requireSame("the rows after record " + record.number(), state(record.number()), expected);
    }

    private static void requireSame(String what, @Nullable Object expected, Object found) {
        if (!found.equals(expected)) {
            throw new AssertionError(what + " are not those of the model: " + found + ", should be " + expected);
        }
    }

    /**
     * Damages one place of one file. Leaves two damages out that nothing can find: a last file that is cut between two
     * records, or gone, is as one that was never longer.
     *
     * @return what was done
     */
    String damage() throws IOException {
        counts.damages++;
        List<String> names =
                disk.names().stream().filter(name -> !name.endsWith(".part")).toList();
        String name = names.get(random.nextInt(names.size()));
        int length = disk.bytes(name).length;
        int place = random.nextInt(length);
        boolean isLastFile = name.equals(
                names.stream().filter(SegmentHead::isSegment).toList().getLast());
        int kind = random.nextInt(4);
        switch (kind) {
            case 0 -> disk.flip(name, place, random.nextInt(8));
            case 1 -> disk.zeroBlock(name, place);
            case 2 -> disk.cut(name, isLastFile && isBetween(disk.bytes(name), place) ? place - 1 : place);
            default -> {
                if (!isLastFile) {
                    disk.lose(name);
                }
            }
        }
        return "kind " + kind + " to " + name + " of " + length + " bytes, at " + place;
    }

    private static boolean isBetween(byte[] bytes, int place) {
        int at = 0;
        while (at < place) {
            at += Frames.HEAD_BYTES + ByteBuffer.wrap(bytes).getInt(at + 4);
        }
        return at == place && place > 0;
    }
}
