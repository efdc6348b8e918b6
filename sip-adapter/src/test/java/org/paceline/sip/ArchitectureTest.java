package org.paceline.sip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** Walls inside the adapter; {@code docs/architecture.md} draws them. */
@AnalyzeClasses(packages = "org.paceline.sip", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCircles =
            slices().matching("org.paceline.sip.(**)").should().beFreeOfCycles();

    /** In the whole adapter; each class, with what is nested in it, is a slice of its own. */
    @ArchTest
    static final ArchRule classesHaveNoCircles = slices().assignedFrom(new SliceAssignment() {
                @Override
                public String getDescription() {
                    return "classes";
                }

                @Override
                public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                    return SliceIdentifier.of(javaClass.getName().replaceAll("\\$.*", ""));
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule arrowsPointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("telephony")
            .definedBy("org.paceline.sip")
            .layer("customers")
            .definedBy("..sip.call")
            .layer("agents")
            .definedBy("..sip.line")
            .layer("registrar")
            .definedBy("..sip.registrar")
            .layer("trunks")
            .definedBy("..sip.trunk")
            .layer("identities")
            .definedBy("..sip.identity")
            .layer("dialogs")
            .definedBy("..sip.dialog")
            .layer("stack")
            .definedBy("..sip.stack")
            .layer("media")
            .definedBy("..sip.media")
            .layer("recording")
            .definedBy("..sip.recording")
            .layer("trace")
            .definedBy("..sip.trace")
            .layer("simulation")
            .definedBy("..sip.simulation")
            .whereLayer("telephony")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("simulation")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("trace")
            .mayOnlyBeAccessedByLayers("telephony")
            .whereLayer("customers")
            .mayOnlyBeAccessedByLayers("telephony")
            .whereLayer("agents")
            .mayOnlyBeAccessedByLayers("telephony", "customers")
            .whereLayer("registrar")
            .mayOnlyBeAccessedByLayers("telephony", "agents")
            .whereLayer("trunks")
            .mayOnlyBeAccessedByLayers("telephony", "customers")
            .whereLayer("dialogs")
            .mayOnlyBeAccessedByLayers("telephony", "customers", "agents", "registrar", "trunks", "identities")
            .whereLayer("identities")
            .mayOnlyBeAccessedByLayers("customers", "trunks")
            .whereLayer("media")
            .mayOnlyBeAccessedByLayers("telephony", "customers", "agents", "simulation")
            .whereLayer("recording")
            .mayOnlyBeAccessedByLayers("media")
            .whereLayer("stack")
            .mayOnlyBeAccessedByLayers(
                    "telephony", "customers", "agents", "registrar", "trunks", "dialogs", "simulation", "trace");

    @ArchTest
    static final ArchRule descriptionsAndSamplesAreOnTheirOwn = noClasses()
            .that()
            .resideInAnyPackage("..sip.sdp", "..sip.audio")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.paceline.dialer..", "javax.sip..", "gov.nist..", "io.netty.channel..")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule onlyRecordingsHaveADate = noClasses()
            .that()
            .resideOutsideOfPackage("..sip.recording")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now", Clock.class)
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .because("durations are monotonic; the wall clock only names the folder of a recording");

    @ArchTest
    static final ArchRule knowsNoDatabase =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..");
}
