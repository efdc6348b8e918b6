package org.paceline.sip.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes the recordings of joined calls, stereo: customer left, agent right. Files are named {@code .part} while they
 * grow, so that a crash leaves no file that looks whole.
 *
 * <p>Thread: {@link #open} media loop; the rest any. The files are owned by {@code recorder}, fed by a ring of {@value
 * #RING_SLOTS} slots of 20 ms (two seconds of 300 calls); when it is full, audio is lost and the recording is marked
 * incomplete. A thread that hangs, for example in a write to a drive that has gone away, cannot report that itself. The
 * media loop watches it and reports the hang as a fault of the recordings, so that no call is dialled that must be
 * recorded.
 */
public final class Recorder implements AutoCloseable {

    static final int RING_SLOTS = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long CHECK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long CLOSE_LIMIT_MILLIS = 5_000;
    private static final long LIMIT_MILLIS = 60_000;

    /**
     * How long the thread may go without a turn before it counts as hanging. The ring of 300 calls is full after two
     * seconds.
     */
    static final long HANGS_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Looks are never further apart than this. */
    private static final long LOOKS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final String HANGS = "the recorder hangs: no sign of life for "
            + TimeUnit.NANOSECONDS.toSeconds(HANGS_NANOS) + " s, is the drive of the recordings there?";

    private final RecordingsDirectory directory;
    private final BiConsumer<CallId, RecordingFile> closed;
    private final Consumer<@Nullable String> changed;
    private final PacketRing<RecordingTap> ring;
    private final ConcurrentLinkedQueue<RecordingTap> opened = new ConcurrentLinkedQueue<>();
    private final List<RecordingTap> open = new ArrayList<>();
    private final LongAdder dropped = new LongAdder();
    private final ByteBuffer block = Recording.newBlock();
    private final @Nullable Thread thread;

    private final AtomicLong turns = new AtomicLong();
    private volatile boolean closing;
    private @Nullable Path suspect;
    private boolean checked;
    private long checkedNanos;

    // Used by the media loop only, which looks.
    private long lookedNanos;
    private long seenTurns;
    private long seenNanos;

    // Guarded by this, because two threads report.
    private boolean reported;
    private boolean told;
    private boolean toldFault;
    private boolean hangs;
    private @Nullable String problem;

    /**
     * Starts the recorder's thread.
     *
     * @param directory where recordings go; made if it does not exist
     * @param clock the clock whose date, in its zone, is in the files' paths
     * @param closed takes each recording when it has its final name; runs on the recorder's thread and must not block
     * @param changed takes the reason why recordings cannot be written, null when they can: once at the start, then at
     *     each change; runs on the recorder's thread or the one that calls {@link #look}, one at a time, and must not
     *     block
     */
    public Recorder(
            Path directory,
            Clock clock,
            BiConsumer<CallId, RecordingFile> closed,
            Consumer<@Nullable String> changed,
            ThreadWatch watch) {
        this(
                new RecordingsDirectory(directory, clock, RecordingsDirectory.FREE_BYTES_FLOOR),
                RING_SLOTS,
                closed,
                changed,
                watch);
    }

    /** @param watch null for tests, which call {@link #work} themselves */
    Recorder(
            RecordingsDirectory directory,
            int ringSlots,
            BiConsumer<CallId, RecordingFile> closed,
            Consumer<@Nullable String> changed,
            @Nullable ThreadWatch watch) {
        this.directory = directory;
        this.closed = closed;
        this.changed = changed;
        ring = new PacketRing<>(ringSlots);
        thread = watch == null ? null : watch.thread("recorder", LIMIT_MILLIS, this::run);
        if (thread != null) {
            thread.start();
        }
    }

    /** Begins a recording. Thread: media loop. */
    public RecordingTap open(CallId call, CampaignId campaign, long nowNanos) {
        RecordingTap tap = new RecordingTap(ring, call, campaign, nowNanos);
        opened.add(tap);
        return tap;
    }

    /** How many packets found the ring full, in recordings that are closed. */
    public long droppedPackets() {
        return dropped.sum();
    }

    /** Closes the recordings that are open; waits five seconds at most. */
    @Override
    public void close() {
        closing = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        LockSupport.unpark(running);
        try {
            running.join(CLOSE_LIMIT_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (running.isAlive()) {
            LOG.warn("recorder=closing open={} reason=\"not done in {} ms\"", open.size(), CLOSE_LIMIT_MILLIS);
        }
    }

    /**
     * Checks whether the recorder's thread still takes its turns. It is cheap, and to be called several times a second.
     * Thread: media loop.
     */
    public void look(long nowNanos) {
        long turn = turns.get();
        boolean stoodStill =
                nowNanos - lookedNanos > LOOKS_NANOS; // the whole process stood still, or this is the first look
        lookedNanos = nowNanos;
        if (turn != seenTurns || stoodStill) {
            seenTurns = turn;
            seenNanos = nowNanos;
        }
        boolean late = nowNanos - seenNanos > HANGS_NANOS;
        if (late != hangs) {
            hangs(late);
        }
    }

    /** Does one round: new recordings, their audio, those that ended, and the directory's health. */
    void work(long nowNanos) {
        turns.lazySet(turns.get() + 1);
        // The order matters. A tap that is closed by now has all of its audio before the end that is read next, and all
        // audio before that end is of taps that are in the queue of opened taps by now.
        List<RecordingTap> ended = open.stream().filter(RecordingTap::closed).toList();
        long end = ring.end();
        for (RecordingTap tap = opened.poll(); tap != null; tap = opened.poll()) {
            begin(tap);
        }
        ring.poll(end, this::write);
        for (RecordingTap tap : ended) {
            end(tap, tap.closedNanos());
        }
        if (!checked || nowNanos - checkedNanos >= CHECK_EVERY_NANOS) {
            checked = true;
            checkedNanos = nowNanos;
            String found = directory.problem(suspect);
            suspect = found == null ? null : suspect;
            report(found);
        }
    }

    private void run(Heartbeat heartbeat) {
        directory.create();
        while (!closing) {
            heartbeat.beat();
            guarded(() -> work(System.nanoTime()));
            LockSupport.parkNanos(IDLE_NANOS);
        }
        // Two rounds: the second one ends recordings that were opened and closed since the first.
        guarded(() -> {
            work(System.nanoTime());
            work(System.nanoTime());
            for (RecordingTap tap : List.copyOf(open)) {
                end(tap, System.nanoTime());
            }
        });
    }

    /** Runs a round so that nothing ends the thread, because every open file depends on it. */
    private static void guarded(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.error("recorder=failed", e);
        }
    }

    private void begin(RecordingTap tap) {
        open.add(tap);
        Path path = directory.pathOf(tap.call(), tap.campaign());
        try {
            tap.recording = Recording.create(path, tap.startedNanos(), block);
        } catch (IOException e) {
            failed(tap, path, e);
        }
    }

    private void write(PacketRing.Slot<RecordingTap> slot) {
        RecordingTap tap = Objects.requireNonNull(slot.owner, "owner");
        Recording recording = tap.recording;
        if (recording == null || recording.failure() != null) {
            return;
        }
        recording.packet(slot);
        IOException failure = recording.failure();
        if (failure != null) {
            failed(tap, recording.path(), failure);
        }
    }

    private void end(RecordingTap tap, long endedNanos) {
        open.remove(tap);
        dropped.add(tap.lostPackets());
        Recording recording = tap.recording;
        tap.recording = null;
        if (recording == null) {
            return;
        }
        try {
            RecordingFile file = recording.close(endedNanos, tap.lostPackets());
            if (!file.complete()) {
                LOG.warn("call={} recording=incomplete lostPackets={}", tap.call(), tap.lostPackets());
            }
            closed.accept(tap.call(), file);
        } catch (IOException e) {
            failed(tap, recording.path(), e);
        }
    }

    private void failed(RecordingTap tap, Path path, IOException why) {
        LOG.error("call={} recording=failed reason=\"{}\"", tap.call(), directory.reason(why));
        suspect = path;
        report(directory.reason(why));
    }

    private synchronized void report(@Nullable String found) {
        reported = true;
        problem = found;
        tell(false);
    }

    private synchronized void hangs(boolean late) {
        LOG.atLevel(late ? Level.ERROR : Level.INFO).log("recorder={}", late ? "hangs" : "goes-on");
        hangs = late;
        tell(true);
    }

    /** Reports a fault. Its words are reported once, because they may have figures in them that change. */
    private void tell(boolean otherKind) {
        if (!hangs && !reported) {
            return; // the first round has not reported yet
        }
        String fault = hangs ? HANGS : problem;
        if (!told || (fault != null) != toldFault || (fault != null && otherKind)) {
            told = true;
            toldFault = fault != null;
            changed.accept(fault);
        }
    }
}
