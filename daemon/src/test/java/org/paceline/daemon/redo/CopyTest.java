package org.paceline.daemon.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CopyTest {
    private static final String NAME = Copy.name(7);

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final Rows rows = new Rows();

    CopyTest() {
        rows.add(0, Rows.lead(1, "+15550100", "first", true));
        rows.add(0, Rows.lead(2, "+15550101", null, false));
        rows.add(1, Rows.callback(99L, "spring", 1));
    }

    private void write() throws IOException {
        try (Copy.Writer writer = new Copy.Writer(disk, NAME, new Copy.Head(Rows.SHAPE, 7, 1_000))) {
            rows.each(writer::add);
            writer.finish();
        }
    }

    @Test
    void shouldGiveTheRowsBackWhenACopyIsRead() throws IOException {
        for (int i = 0; i < 4_000; i++) {
            rows.add(0, Rows.lead(100 + i, "+15550100", "lead " + i, false)); // more than a block
        }
        write();

        Rows read = new Rows();
        assertThat(Copy.read(disk, NAME, read::add)).isEqualTo(rows.sums());
        assertThat(read).isEqualTo(rows);
        assertThat(Copy.head(disk, NAME)).isEqualTo(new Copy.Head(Rows.SHAPE, 7, 1_000));
        assertThat(Copy.names(disk)).containsExactly(NAME);
        assertThat(Copy.numberOf(NAME)).isEqualTo(7);
    }

    @Test
    void shouldCountForNothingWhenItWasNotFinished() throws IOException {
        disk.refuse(SimulatedDisk.Kind.FORCE, 1);
        assertThatThrownBy(this::write).hasMessage("FORCE refused");

        assertThat(Copy.names(disk)).isEmpty();
    }

    @Test
    void shouldFindDamageWhenAnyByteIsAnother() throws IOException {
        write();
        int length = disk.bytes(NAME).length;
        for (int place = 0; place < length; place++) {
            for (int bit = 0; bit < 8; bit++) {
                disk.flip(NAME, place, bit);
                assertThatThrownBy(() -> Copy.read(disk, NAME, (_, _) -> {}))
                        .as("byte %d, bit %d", place, bit)
                        .isInstanceOf(DamageException.class)
                        .hasMessageContaining("copy /simulated/" + NAME + ", byte ")
                        .hasMessageEndingWith("is damaged or cut: use an older copy");
                disk.flip(NAME, place, bit);
            }
        }
        assertThat(Copy.read(disk, NAME, (_, _) -> {})).isEqualTo(rows.sums());
    }

    @Test
    void shouldFindDamageWhenACopyIsCutAnywhereOrLonger() throws IOException {
        write();
        byte[] whole = disk.bytes(NAME);
        for (int length = 0; length < whole.length; length++) {
            disk.cut(NAME, length);
            assertThatThrownBy(() -> Copy.read(disk, NAME, (_, _) -> {}))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(DamageException.class);
            disk.add(NAME, java.util.Arrays.copyOfRange(whole, length, whole.length));
        }
        disk.add(NAME, new byte[1]);
        assertThatThrownBy(() -> Copy.read(disk, NAME, (_, _) -> {})).isInstanceOf(DamageException.class);
    }
}
