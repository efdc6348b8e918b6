package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class H2FileEndTest {
    @Test
    void shouldTellWhereAChunkEnds() {
        assertThat(H2FileEnd.endBlock("chunk:21,block:a9a,len:10,pages:65,livePages:1e,max:125b0"))
                .isEqualTo(0xaaa);
        assertThat(H2FileEnd.endBlock("chunk:1,block:2,len:1,pages:6,max:8c0")).isEqualTo(3);
    }

    @Test
    void shouldNotAskForAChunkThatHasNoPlace() {
        assertThat(H2FileEnd.endBlock("chunk:1,len:1,pages:6,max:8c0")).isZero();
    }

    /** A killed daemon left this; its file had 2,730 blocks, and nothing was missing in it. */
    @Test
    void shouldNotAskForAChunkWithoutPagesInUse() {
        assertThat(H2FileEnd.endBlock("chunk:23,block:ab9,len:1dd,pages:5bc,livePages:0,max:244000,liveMax:0,map:d8"))
                .isZero();
    }
}
