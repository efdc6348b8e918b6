package org.paceline.sip.recording;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.audio.G711;

/**
 * Carries audio from the media loop to the recorder: a bounded ring of preallocated slots of at most 20 ms, so that the
 * relay neither allocates nor waits.
 *
 * <p>Thread: {@link #offer} media loop only, {@link #poll} {@code recorder} only.
 *
 * @param <T> the owner of the audio: one recording
 */
final class PacketRing<T> {

    private final Slot<T>[] slots;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /** @param capacity slots, a power of two */
    PacketRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity=" + capacity + ": must be a power of two");
        }
        slots = newSlots(capacity);
        mask = capacity - 1;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
    private static <T> Slot<T>[] newSlots(int capacity) {
        Slot<T>[] made = new Slot[capacity];
        for (int i = 0; i < capacity; i++) {
            made[i] = new Slot<>();
        }
        return made;
    }

    /** @return false when the ring is full; then nothing of the packet was taken */
    boolean offer(
            T owner,
            boolean customer,
            int ssrc,
            int timestamp,
            G711 law,
            long nanos,
            ByteBuf from,
            int index,
            int length) {
        int needed = (length + G711.FRAME_SAMPLES - 1) / G711.FRAME_SAMPLES;
        long next = written.getPlain();
        if (next + needed - read.getAcquire() > slots.length) {
            return false;
        }
        for (int done = 0; done < length; done += G711.FRAME_SAMPLES) {
            Slot<T> slot = slots[(int) next & mask];
            slot.owner = owner;
            slot.customer = customer;
            slot.ssrc = ssrc;
            slot.timestamp = timestamp + done;
            slot.law = law;
            slot.nanos = nanos;
            slot.length = Math.min(G711.FRAME_SAMPLES, length - done);
            from.getBytes(index + done, slot.payload, 0, slot.length);
            next++;
        }
        written.setRelease(next);
        return true;
    }

    /** Returns where the ring ends now. */
    long end() {
        return written.getAcquire();
    }

    /** Hands over the slots up to an {@link #end}. */
    void poll(long end, Reader<T> reader) {
        for (long next = read.getPlain(); next < end; next++) {
            Slot<T> slot = slots[(int) next & mask];
            reader.read(slot);
            slot.owner = null;
            read.setRelease(next + 1);
        }
    }

    /** Takes a slot, which is overwritten once it returns. */
    @FunctionalInterface
    interface Reader<T> {
        void read(Slot<T> slot);
    }

    /** At most 20 ms of one side's audio. */
    static final class Slot<T> {
        @Nullable
        T owner;

        boolean customer;
        int ssrc;
        int timestamp;
        G711 law = G711.PCMU;
        long nanos;
        int length;
        final byte[] payload = new byte[G711.FRAME_SAMPLES];
    }
}
