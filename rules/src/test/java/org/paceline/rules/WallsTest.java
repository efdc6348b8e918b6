package org.paceline.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses RULES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.paceline");

    @Test
    void shouldDependOnNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("org.paceline.rules..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.paceline.dialer..", "org.paceline.sip..", "org.paceline.daemon..", "org.paceline.bench..")
                .check(RULES);
    }

    @Test
    void shouldReadNoClock() {
        for (Class<?> type : List.of(
                Instant.class,
                LocalDate.class,
                LocalDateTime.class,
                LocalTime.class,
                OffsetDateTime.class,
                ZonedDateTime.class,
                Year.class)) {
            noClasses().should().callMethod(type, "now").check(RULES);
            noClasses()
                    .should()
                    .callMethod(type, "now", java.time.ZoneId.class)
                    .allowEmptyShould(true)
                    .check(RULES);
        }
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(RULES);
        noClasses().should().callMethod(System.class, "nanoTime").check(RULES);
        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(RULES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .check(RULES);
    }

    @Test
    void shouldKeepTheContractsFreeOfTheirImplementation() {
        noClasses()
                .that()
                .resideInAPackage("org.paceline.rules")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.paceline.rules.book..", "org.paceline.rules.policy..", "org.paceline.rules.calendar..")
                .check(RULES);
    }

    @Test
    void shouldJudgeWithoutFilesOrNetwork() {
        noClasses()
                .that()
                .resideInAnyPackage("org.paceline.rules.book..", "org.paceline.rules.calendar..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..")
                .check(RULES);
    }
}
