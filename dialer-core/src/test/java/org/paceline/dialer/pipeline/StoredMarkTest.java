package org.paceline.dialer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredMarkTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final StoredMark mark = new StoredMark();

    @Test
    void shouldCompleteOnceTheEntryIsStored() {
        CompletableFuture<@Nullable Void> fifth = mark.at(5);
        CompletableFuture<@Nullable Void> seventh = mark.at(7);
        mark.reached(4);
        assertThat(fifth).isNotDone();
        mark.reached(6);
        assertThat(fifth).succeedsWithin(SOON);
        assertThat(seventh).isNotDone();
    }

    @Test
    void shouldCompleteAtOnceWhereItIsStoredAlready() {
        mark.reached(5);
        assertThat(mark.at(5)).succeedsWithin(SOON);
        assertThat(mark.at(-1)).succeedsWithin(SOON);
    }

    @Test
    void shouldCompleteWhereNothingWasGivenToTheStoreYet() {
        assertThat(mark.at(-1)).succeedsWithin(SOON);
    }
}
