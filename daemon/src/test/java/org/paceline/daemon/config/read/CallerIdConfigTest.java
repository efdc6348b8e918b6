package org.paceline.daemon.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.CallerIdPlan.Choice;
import org.paceline.rules.NumberRange;

/** A campaign's {@code caller-id-choice}. */
class CallerIdConfigTest {
    @TempDir
    private Path folder;

    private ConfigFiles files;

    @BeforeEach
    void write() {
        files = new ConfigFiles(folder);
    }

    private void trunkTakes(String callerIds) {
        files.node(ConfigFiles.NODE.replace("channels: 30", "channels: 30, caller-ids: " + callerIds));
    }

    private void campaign(String choice) {
        files.campaign("autumn", ConfigFiles.CAMPAIGN + "caller-id-choice: " + choice + "\n");
    }

    @ParameterizedTest
    @CsvSource({"fixed, FIXED", "rotation, ROTATION", "local, LOCAL"})
    void shouldChooseAmongTheAllottedNumbers(String written, Choice choice) {
        files.node(ConfigFiles.NODE);
        campaign(written);

        assertThat(files.read().campaigns().getFirst().settings().callerIds())
                .isEqualTo(
                        new CallerIdPlan(choice, 13055550100L, List.of(new NumberRange(13055550100L, 13055550109L))));
    }

    @Test
    void shouldTakeNumbersThatTheTrunkAcceptsInPieces() {
        trunkTakes("[\"+13055550105..+13055550120\", \"+13055550100..+13055550105\"]");
        campaign("rotation");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void shouldRefuseNumbersThatATrunkDoesNotAccept() {
        trunkTakes("[\"+13055550100..+13055550103\", \"+13055550105..+13055550109\"]");
        campaign("local");

        assertThat(files.problems())
                .singleElement()
                .asString()
                .endsWith("caller-ids: +13055550100..+13055550109 is not accepted by trunk 'main', which takes"
                        + " [+13055550100..+13055550103, +13055550105..+13055550109]: each may be presented, as"
                        + " caller-id-choice is local");
    }

    @Test
    void shouldAskForOneCallerIdOnlyWhereItIsFixed() {
        trunkTakes("[\"+13055550100\"]");
        campaign("fixed");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void shouldNameTheChoicesThereAre() {
        files.node(ConfigFiles.NODE);
        campaign("random");

        assertThat(files.problems())
                .singleElement()
                .asString()
                .endsWith("caller-id-choice: must be one of fixed, rotation, local; is 'random'");
    }
}
