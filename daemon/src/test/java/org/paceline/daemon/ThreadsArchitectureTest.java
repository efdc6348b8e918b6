package org.paceline.daemon;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Nobody makes a thread that nobody watches. */
@AnalyzeClasses(packages = "org.paceline", importOptions = DoNotIncludeTests.class)
class ThreadsArchitectureTest {

    /** Each guards its threads with the ThreadWatch, reads what its threads' futures tell, or is the watch itself. */
    private static final Set<String> MAKERS = Set.of(
            "org.paceline.dialer.threads.ThreadWatch",
            "org.paceline.dialer.pipeline.Pipeline",
            "org.paceline.sip.TlsWatch", // its thread is guarded by ThreadWatch
            "org.paceline.sip.dns.SipNames", // what its thread throws goes to the process's own handler
            "org.paceline.sip.media.MediaPlane",
            "org.paceline.sip.stack.NameResolver", // what its thread throws goes to the process's own handler
            "org.paceline.sip.stack.WheelSipTimer",
            "org.paceline.sip.simulation.SimulationLoop",
            "org.paceline.daemon.config.watch.ConfigWatch",
            "org.paceline.daemon.config.watch.TimedReads",
            "org.paceline.daemon.csv.BatchWriter",
            "org.paceline.daemon.database.DatabaseWatch",
            "org.paceline.daemon.database.DatabaseWriter", // what its thread throws goes to the process's own handler
            "org.paceline.daemon.database.StepwiseWork", // somebody waits for its thread, with a limit
            "org.paceline.daemon.run.Health",
            "org.paceline.daemon.cli.LastResort",
            "org.paceline.daemon.demo.AgentRobot",
            "org.paceline.daemon.demo.Demo");

    private static final DescribedPredicate<JavaClass> OTHERS = describe(
            "other classes than the known makers of threads",
            type -> !type.getPackageName().startsWith("org.paceline.bench")
                    && MAKERS.stream()
                            .noneMatch(maker -> type.getFullName().equals(maker)
                                    || type.getFullName().startsWith(maker + "$")));

    @ArchTest
    static final ArchRule makesNoThreads = noClasses()
            .that(OTHERS)
            .should()
            .callMethod(Thread.class, "ofPlatform")
            .orShould()
            .callMethod(Thread.class, "ofVirtual")
            .orShould()
            .callMethod(Thread.class, "startVirtualThread", Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .orShould()
            .callConstructor(Thread.class, String.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Executors.class, Timer.class)
            .orShould()
            .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
            .because("a thread that dies unseen leaves the dialer half alive: make it with ThreadWatch.thread");
}
