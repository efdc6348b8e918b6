package org.paceline.daemon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of the daemon know each other one way. */
@AnalyzeClasses(packages = "org.paceline.daemon", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("org.paceline.daemon.(**)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyKnowsWhoStartsThem = noClasses()
            .that()
            .resideOutsideOfPackages("..daemon.run..", "..daemon.cli..", "..daemon.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..daemon.run..", "..daemon.cli..", "..daemon.demo..");

    @ArchTest
    static final ArchRule onlyTheRunKnowsTheApi = noClasses()
            .that()
            .resideOutsideOfPackages("..daemon.run..", "..daemon.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..daemon.api..");

    @ArchTest
    static final ArchRule accessKnowsNoRoute = noClasses()
            .that()
            .resideInAPackage("..daemon.api.access..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.paceline.daemon.api");

    @ArchTest
    static final ArchRule httpKnowsNeitherRouteNorCaller = noClasses()
            .that()
            .resideInAPackage("..daemon.api.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.paceline.daemon.api", "..daemon.api.access..");

    @ArchTest
    static final ArchRule theApiAsksTheEngineThroughItsPort = noClasses()
            .that()
            .resideInAPackage("..daemon.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.paceline.dialer.pipeline..", "org.paceline.sip..");
}
