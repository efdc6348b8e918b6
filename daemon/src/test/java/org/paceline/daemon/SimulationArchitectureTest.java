package org.paceline.daemon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The virtual world of tests and benches lies in the core's jar, and nothing that runs leans on it. */
@AnalyzeClasses(packages = "org.paceline", importOptions = DoNotIncludeTests.class)
class SimulationArchitectureTest {

    @ArchTest
    static final ArchRule runsWithoutTheVirtualWorld = noClasses()
            .that()
            .resideOutsideOfPackages("org.paceline.dialer.simulation..", "org.paceline.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.paceline.dialer.simulation..");
}
