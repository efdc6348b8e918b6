package org.paceline.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Walls inside the bench that Maven's modules cannot hold. */
@AnalyzeClasses(packages = "org.paceline.bench", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule benchesDoNotKnowEachOther =
            slices().matching("org.paceline.bench.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfTheLabFormNoCircle =
            slices().matching("org.paceline.bench.pacing.(*)..").should().beFreeOfCycles();

    /** Days are played in one place, and the load on the engine in another; plans, contenders and reports know neither. */
    @ArchTest
    static final ArchRule onlyWorldsKnowTheSimulation = noClasses()
            .that()
            .resideOutsideOfPackages("..bench.pacing.world..", "..bench.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.paceline.dialer.simulation..");

    @ArchTest
    static final ArchRule labIsBuiltInLayers = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("scenario")
            .definedBy("..pacing.scenario..")
            .layer("oracle")
            .definedBy("..pacing.oracle..")
            .layer("contender")
            .definedBy("..pacing.contender..", "..pacing.baseline..")
            .layer("world")
            .definedBy("..pacing.world..")
            .layer("history")
            .definedBy("..pacing.history..")
            .layer("report")
            .definedBy("..pacing.report..")
            .layer("lab")
            .definedBy("..pacing.lab..")
            .layer("command")
            .definedBy("org.paceline.bench.pacing")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("lab")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("lab", "command")
            .whereLayer("world")
            .mayOnlyBeAccessedByLayers("report", "lab", "command")
            .whereLayer("history")
            .mayOnlyBeAccessedByLayers("report", "lab", "command")
            .whereLayer("contender")
            .mayOnlyBeAccessedByLayers("world", "lab", "command")
            .whereLayer("oracle")
            .mayOnlyBeAccessedByLayers("contender", "world");
}
