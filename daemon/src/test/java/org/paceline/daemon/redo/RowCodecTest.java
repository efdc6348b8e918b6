package org.paceline.daemon.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowCodecTest {
    private static final TableShape TABLE = new TableShape("t", List.of("a", "b", "c"), List.of(2, 0));

    @Test
    void shouldGiveValuesBackWhenTheyWereEncoded() {
        @Nullable
        Object[] values = {
            0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, "", "Zoë \uD83D\uDCDE", true, false, null, new byte[] {0, -1}
        };
        @Nullable Object[] decoded = RowCodec.decode(RowCodec.encode(values), values.length);
        assertThat(Arrays.deepEquals(decoded, values)).isTrue();
    }

    @Test
    void shouldEncodeANumberTheSameWhenItIsAnInteger() {
        assertThat(RowCodec.encode(new Object[] {-7})).isEqualTo(RowCodec.encode(new Object[] {-7L}));
    }

    @Test
    void shouldFindTheKeyWhenTheRowIsEncoded() {
        Object[] values = {5L, "between", "key"};
        assertThat(RowCodec.keyOf(RowCodec.encode(values), TABLE))
                .isEqualTo(RowCodec.key(values, TABLE))
                .isEqualTo(RowCodec.encode(new Object[] {"key", 5L}));
    }

    @Test
    void shouldRefuseAValueWhenItsKindIsUnknown() {
        assertThatThrownBy(() -> RowCodec.encode(new Object[] {1.5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a value of java.lang.Double cannot be logged");
    }

    @Test
    void shouldRefuseBytesWhenTheyAreNotThatManyValues() {
        byte[] row = RowCodec.encode(new Object[] {5L, "text", true});
        for (int length = 0; length < row.length; length++) {
            byte[] cut = Arrays.copyOf(row, length);
            assertThatThrownBy(() -> RowCodec.decode(cut, 3)).isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> RowCodec.decode(row, 2)).hasMessage("1 bytes too many");
        assertThatThrownBy(() -> RowCodec.decode(new byte[] {9}, 1)).hasMessage("value 0 of a row is of no known kind");
    }
}
