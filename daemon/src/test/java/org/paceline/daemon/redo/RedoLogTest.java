package org.paceline.daemon.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedoLogTest {
    private static final String FIRST = "0000000000000000001.redo";

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final Rows rows = new Rows();
    private RedoLog log;

    RedoLogTest() throws IOException {
        log = RedoLog.open(disk, "boot-1");
        log.begin(Rows.SHAPE, 1, rows.sums(), true);
    }

    private long append(int lead) throws IOException {
        RowChange change = rows.put(0, Rows.lead(lead, "+15550100", "note " + lead, false));
        long number = log.append(List.of(change));
        rows.apply(change);
        return number;
    }

    private void reopen(String boot) throws IOException {
        disk.restart();
        log = RedoLog.open(disk, boot);
    }

    private List<Long> numbersFrom(long from) throws IOException {
        List<Long> numbers = new ArrayList<>();
        log.read(from, (_, record) -> numbers.add(record.number()));
        return numbers;
    }

    @Test
    void shouldReadRecordsWhenTheyWereAppended() throws IOException {
        RowChange put = rows.put(1, Rows.callback(null, "spring", 4));
        log.append(List.of(put));
        rows.apply(put);
        RowChange gone = rows.remove(rows.keys().getFirst());
        log.append(List.of(gone, rows.put(0, Rows.lead(4, "+15550100", null, true))));
        reopen("boot-1");

        List<RedoRecord> read = new ArrayList<>();
        log.read(1, (_, record) -> read.add(record));

        assertThat(read).extracting(RedoRecord::number).containsExactly(1L, 2L);
        assertThat(read.get(0).changes()).usingRecursiveComparison().isEqualTo(List.of(put));
        assertThat(read.get(1).changes().getFirst()).usingRecursiveComparison().isEqualTo(gone);
    }

    @Test
    void shouldReadAcrossFilesWhenTheLogWasRolled() throws IOException {
        append(1);
        append(2);
        log.roll();
        append(3);
        log.roll();
        append(4);
        reopen("boot-1");

        assertThat(numbersFrom(2)).containsExactly(2L, 3L, 4L);
        assertThat(log.sums()).isEqualTo(rows.sums());
        assertThat(log.first()).isEqualTo(1);
    }

    @Test
    void shouldDropOnlyFilesWhoseRecordsAllComeBeforeWhenAsked() throws IOException {
        append(1);
        append(2);
        log.roll();
        append(3);
        log.roll();
        log.dropBefore(3);

        assertThat(log.first()).isEqualTo(3);
        log.dropBefore(2);
        assertThat(numbersFrom(3)).containsExactly(3L);
        assertThatThrownBy(() -> log.read(2, (_, _) -> {}))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("records 2 to 2 are missing")
                .hasMessageContaining("paceline restore");
    }

    @Test
    void shouldCutAndSayWhenTheEndIsTorn() throws IOException {
        append(1);
        int whole = disk.bytes(FIRST).length;
        append(2);
        byte[] both = disk.bytes(FIRST);
        for (int length = whole + 1; length < both.length; length++) {
            disk.cut(FIRST, length);
            reopen("boot-1");
            assertThat(log.last()).isEqualTo(1);
            assertThat(log.cut())
                    .isEqualTo("/simulated/" + FIRST + " ended in the middle of record 2: its last " + (length - whole)
                            + " bytes were cut off");
            assertThat(disk.bytes(FIRST)).hasSize(whole);
            disk.add(FIRST, java.util.Arrays.copyOfRange(both, whole, both.length));
        }
    }

    @Test
    void shouldAppendAfterAWriteWasRefused() throws IOException {
        append(1);
        disk.refuse(SimulatedDisk.Kind.WRITE, 1);
        assertThatThrownBy(() -> append(2)).hasMessage("No space left on device");
        disk.refuse(SimulatedDisk.Kind.TRUNCATE, 1);
        assertThatThrownBy(() -> append(2)).hasMessage("TRUNCATE refused");

        assertThat(append(3)).isEqualTo(2);
        reopen("boot-1");
        assertThat(log.cut()).isEmpty();
        assertThat(log.sums()).isEqualTo(rows.sums());
    }

    @Test
    void shouldTakeNothingMoreWhenAForceFailed() throws IOException {
        append(1);
        disk.refuse(SimulatedDisk.Kind.FORCE, 1);
        assertThatThrownBy(() -> log.force(1)).hasMessage("FORCE refused");

        assertThatThrownBy(() -> log.force(1)).hasMessageContaining("takes nothing more");
        assertThatThrownBy(() -> append(2)).hasMessageContaining("takes nothing more");
        assertThatThrownBy(() -> log.roll()).hasMessageContaining("takes nothing more");
        assertThatThrownBy(() -> log.close()).hasMessageContaining("takes nothing more");
    }

    @Test
    void shouldNotClaimToHaveForcedWhenARollCouldNot() throws IOException {
        append(1);
        disk.refuse(SimulatedDisk.Kind.FORCE, 1);
        assertThatThrownBy(() -> log.roll()).hasMessage("FORCE refused");

        assertThatThrownBy(() -> log.force(1)).hasMessageContaining("takes nothing more");
    }

    @Test
    void shouldForceWhatAKilledProcessWroteWhenOpened() throws IOException {
        append(1);
        reopen("boot-1");
        log.force(1);
        for (int i = 0; i < 20; i++) {
            disk.losePower();
            log = RedoLog.open(disk, "boot-2");
            assertThat(log.last()).isEqualTo(1);
        }
    }

    @Test
    void shouldGoOnInTheOldFileWhenANewOneIsRefused() throws IOException {
        append(1);
        disk.refuse(SimulatedDisk.Kind.CREATE, 1);
        assertThatThrownBy(() -> log.roll()).hasMessage("CREATE refused");

        assertThat(append(2)).isEqualTo(2);
        reopen("boot-1");
        assertThat(numbersFrom(1)).containsExactly(1L, 2L);
    }

    @Test
    void shouldStopWhenARecordInTheMiddleIsDamaged() throws IOException {
        append(1);
        int second = disk.bytes(FIRST).length;
        append(2);
        append(3);
        disk.flip(FIRST, second + 20, 3);

        assertThatThrownBy(() -> reopen("boot-1"))
                .isInstanceOf(DamageException.class)
                .hasMessage("record 2 in /simulated/" + FIRST + ", byte " + second
                        + ", is damaged: 1 whole records stand behind it; put back this file from a backup, or begin from"
                        + " the last copy with: paceline restore");
    }

    @Test
    void shouldStopWhenARecordOfAnOlderFileIsDamaged() throws IOException {
        int first = disk.bytes(FIRST).length;
        append(1);
        log.roll();
        append(2);
        disk.zeroBlock(FIRST, first + 1);
        disk.flip(FIRST, 0, 0);
        reopen("boot-1");

        assertThatThrownBy(() -> log.read(1, (_, _) -> {}))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("the head of /simulated/" + FIRST + ", before record 1, byte 0, is damaged")
                .hasMessageContaining("paceline restore");
    }

    @Test
    void shouldStopWhenAFileBetweenIsMissing() throws IOException {
        append(1);
        log.roll();
        append(2);
        log.roll();
        append(3);
        disk.lose("0000000000000000002.redo");
        reopen("boot-1");

        assertThat(log.first()).isEqualTo(3);
        assertThatThrownBy(() -> log.read(1, (_, _) -> {}))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("records 2 to 2 are missing: file /simulated/0000000000000000002.redo");
    }

    @Test
    void shouldCutRecordsThatTheDiskDidNotHaveWhenTheMachineStartedAnew() throws IOException {
        append(1);
        log.force(1);
        int second = disk.bytes(FIRST).length;
        append(2);
        append(3);
        disk.flip(FIRST, second + 20, 3);
        reopen("boot-2");

        assertThat(log.last()).isEqualTo(1);
        assertThat(log.cut()).contains("among them 1 records that the disk did not have to hold");
    }

    @Test
    void shouldStopWhenTheDiskHadToHoldWhatIsDamaged() throws IOException {
        append(1);
        int second = disk.bytes(FIRST).length;
        append(2);
        log.force(2);
        append(3);
        disk.flip(FIRST, second + 20, 3);

        assertThatThrownBy(() -> reopen("boot-2")).isInstanceOf(DamageException.class);
    }

    @Test
    void shouldBeginANewFileWhenTheMachineStartedAnew() throws IOException {
        append(1);
        reopen("boot-2");
        append(2);

        assertThat(disk.names()).containsExactly(FIRST, "0000000000000000002.redo");
        assertThat(numbersFrom(1)).containsExactly(1L, 2L);
    }

    @Test
    void shouldNotBridgeRecordsThatItNeverHadWhenItGoesOnBehindThem() throws IOException {
        append(1);
        log.begin(Rows.SHAPE, 5, rows.sums(), false);
        append(2);
        reopen("boot-1");

        assertThat(log.first()).isEqualTo(5);
        assertThat(numbersFrom(5)).containsExactly(5L);
        assertThat(log.isWhole()).isFalse();
        assertThatThrownBy(() -> log.read(1, (_, _) -> {})).hasMessageContaining("records 2 to 4 are missing");
    }
}
