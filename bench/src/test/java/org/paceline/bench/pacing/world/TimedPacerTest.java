package org.paceline.bench.pacing.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.pacing.Pacer;

class TimedPacerTest {
    /** What it does not pass on, the lab would take from a pacer that decides nothing. */
    @Test
    void shouldPassOnAllThatPacersAreAsked() {
        List<String> asked = Arrays.stream(Pacer.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .toList();

        assertThat(Arrays.stream(TimedPacer.class.getDeclaredMethods()).map(Method::getName))
                .containsAll(asked);
    }
}
