package org.paceline.daemon.redo;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder in memory whose process can be killed and whose power can be lost at each step, by a seed. What was written
 * survives a kill; what was forced survives a loss of power; of the rest, blocks of 512 bytes survive at random.
 *
 * <p>Thread: one at a time.
 */
final class SimulatedDisk implements Disk {
    private final SplittableRandom random;
    private final Map<Kind, Integer> refusals = new EnumMap<>(Kind.class);
    private Map<String, SimulatedFile> files = new TreeMap<>();

    /** The names that a loss of power leaves. */
    private Map<String, SimulatedFile> forcedNames = new TreeMap<>();

    private double refusedShare;
    private int stepsToLive = Integer.MAX_VALUE;
    private boolean dead;
    private int life;

    /** What can be refused. */
    enum Kind {
        WRITE,
        FORCE,
        TRUNCATE,
        RENAME,
        NAMES,
        CREATE,
        APPEND,
        DELETE
    }

    /** The process was killed; not an exception that code might treat. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    SimulatedDisk(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Refuses the next such steps. */
    void refuse(Kind kind, int times) {
        refusals.put(kind, times);
    }

    /** Refuses this share of all steps from now on. */
    void refuseShare(double share) {
        refusedShare = share;
    }

    /** Kills the process in the middle of the step after so many others. */
    void killAfter(int steps) {
        stepsToLive = steps;
    }

    /** The process is gone; another one begins with all that was written. */
    void restart() {
        dead = false;
        stepsToLive = Integer.MAX_VALUE;
        refusedShare = 0;
        refusals.clear();
        life++;
        files.values().forEach(SimulatedFile::forgetFailedForce);
    }

    /** The machine is gone; a process of its next start begins. */
    void losePower() {
        Map<String, SimulatedFile> left = new TreeMap<>();
        Set<String> names = new TreeSet<>(files.keySet());
        names.addAll(forcedNames.keySet());
        for (String name : names) {
            SimulatedFile now = files.get(name);
            SimulatedFile then = forcedNames.get(name);
            SimulatedFile stays = random.nextBoolean() ? now : then;
            if (stays != null) {
                left.put(name, stays);
            }
        }
        left.values().stream().distinct().forEach(file -> file.losePower(random));
        files = left;
        forcedNames = new TreeMap<>(left);
        restart();
    }

    /** Turns one bit over. */
    void flip(String name, int place, int bit) {
        file(name).flip(place, bit);
    }

    /** Zeroes the block in which a byte lies. */
    void zeroBlock(String name, int place) {
        file(name).zeroBlock(place);
    }

    /** Leaves the first bytes of a file. */
    void cut(String name, int length) {
        file(name).cut(length);
    }

    /** Adds bytes to a file, as a process that is killed in a write does. */
    void add(String name, byte[] bytes) {
        file(name).write(bytes, bytes.length);
    }

    /** Takes a file away, for good. */
    void lose(String name) {
        files.remove(name);
        forcedNames.remove(name);
    }

    byte[] bytes(String name) {
        return file(name).bytes();
    }

    private SimulatedFile file(String name) {
        SimulatedFile file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no file " + name + " among " + files.keySet());
        }
        return file;
    }

    private SimulatedFile found(String name) throws IOException {
        SimulatedFile file = files.get(name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    /** Returns whether the process dies in this step. */
    private boolean dies() {
        if (dead) {
            throw new Killed();
        }
        dead = --stepsToLive < 0;
        return dead;
    }

    private boolean isRefused(Kind kind) {
        int left = refusals.getOrDefault(kind, 0);
        if (left > 0) {
            refusals.put(kind, left - 1);
            return true;
        }
        return refusedShare > 0 && random.nextDouble() < refusedShare;
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Takes a step that happens or does not; a refused one may have happened too. */
    private void step(Kind kind, boolean mayHappenRefused, Step step) throws IOException {
        boolean dies = dies();
        boolean refused = isRefused(kind);
        if ((dies || (refused && mayHappenRefused)) ? random.nextBoolean() : !refused) {
            step.run();
        }
        if (dies) {
            throw new Killed();
        }
        if (refused) {
            throw new IOException(kind + " refused");
        }
    }

    @Override
    public List<String> names() {
        if (dead) {
            throw new Killed();
        }
        return List.copyOf(files.keySet());
    }

    @Override
    public long length(String name) throws IOException {
        return found(name).length();
    }

    @Override
    public InputStream read(String name) throws IOException {
        return new ByteArrayInputStream(found(name).bytes());
    }

    @Override
    public Output create(String name) throws IOException {
        SimulatedFile file = new SimulatedFile();
        step(Kind.CREATE, false, () -> files.put(name, file));
        return new FileOutput(file);
    }

    @Override
    public Output append(String name, long length) throws IOException {
        SimulatedFile file = found(name);
        if (length > file.length()) {
            throw new IllegalArgumentException(name + " has only " + file.length() + " of " + length + " bytes");
        }
        step(Kind.APPEND, false, () -> file.truncate((int) length));
        return new FileOutput(file);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        SimulatedFile file = found(from);
        step(Kind.RENAME, true, () -> {
            files.remove(from);
            files.put(to, file);
        });
        forcedNames = new TreeMap<>(files);
    }

    @Override
    public void forceNames() throws IOException {
        step(Kind.NAMES, false, () -> forcedNames = new TreeMap<>(files));
    }

    @Override
    public void delete(String name) throws IOException {
        step(Kind.DELETE, false, () -> files.remove(name));
    }

    @Override
    public String place(String name) {
        return "/simulated/" + name;
    }

    private final class FileOutput implements Output {
        private final SimulatedFile file;
        private final int opened = life;

        FileOutput(SimulatedFile file) {
            this.file = file;
        }

        private void requireLife() {
            if (opened != life) {
                throw new IllegalStateException("a file of a process that is gone");
            }
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            requireLife();
            boolean dies = dies();
            boolean refused = isRefused(Kind.WRITE);
            byte[] all = new byte[bytes.remaining()];
            bytes.get(all);
            file.write(all, dies ? random.nextInt(all.length + 1) : refused ? random.nextInt(all.length) : all.length);
            if (dies) {
                throw new Killed();
            }
            if (refused) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void force() throws IOException {
            requireLife();
            try {
                step(Kind.FORCE, false, () -> file.force(random));
            } catch (IOException e) {
                file.failForce(random);
                throw e;
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            requireLife();
            step(Kind.TRUNCATE, false, () -> file.truncate((int) length));
        }

        @Override
        public void close() {
            // nothing: closing forces nothing
        }
    }
}
