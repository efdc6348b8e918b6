package org.paceline.dialer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** Walls inside the core that Maven's modules cannot hold. */
@AnalyzeClasses(packages = "org.paceline.dialer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule readsNoClock = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("time is a parameter: the pacing lab and replay stand on it");

    @ArchTest
    static final ArchRule drawsNoLots = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom");

    @ArchTest
    static final ArchRule doesNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..", "javax.sip..", "io.netty..");

    @ArchTest
    static final ArchRule engineHasNoThreads = noClasses()
            .that()
            .resideOutsideOfPackages("..pipeline..", "..threads..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent.locks..", "com.lmax.disruptor..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule packagesHaveNoCircle =
            slices().matching("org.paceline.dialer.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule valuesKnowNoMessages = noClasses()
            .that()
            .resideInAnyPackage(
                    "..id..",
                    "..lead..",
                    "..numbers..",
                    "..call..",
                    "..agent..",
                    "..campaign..",
                    "..trunk..",
                    "..pacing..",
                    "..forecast..",
                    "..time..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..event..", "..state..", "..engine..", "..pipeline..", "..port..");

    @ArchTest
    static final ArchRule stateKnowsNoEngine = noClasses()
            .that()
            .resideInAnyPackage("..state..", "..event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..engine..", "..pipeline..", "..port..");

    @ArchTest
    static final ArchRule productionKnowsNoSimulation = noClasses()
            .that()
            .resideOutsideOfPackage("..simulation..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..simulation..");

    @ArchTest
    static final ArchRule simulationKnowsNoEngine = noClasses()
            .that()
            .resideInAPackage("..simulation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..state..", "..engine..", "..pipeline..")
            .because("the world takes whatever handles events, and plugs in behaviours by the ports");

    /** The engine's parts are built flat: each class, with what is nested in it, is a slice of its own. */
    @ArchTest
    static final ArchRule engineHasNoCircle = slices().assignedFrom(new SliceAssignment() {
                @Override
                public String getDescription() {
                    return "classes of the engine";
                }

                @Override
                public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                    boolean isEngine = javaClass.getPackageName().equals("org.paceline.dialer.engine");
                    String name = javaClass.getName().replaceAll("\\$.*", "");
                    return isEngine ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
                }
            })
            .should()
            .beFreeOfCycles();
}
