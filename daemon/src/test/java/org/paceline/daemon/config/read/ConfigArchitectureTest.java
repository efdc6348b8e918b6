package org.paceline.daemon.config.read;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;

/** Holds that every key which the daemon reads is a declared one, so that the schema has it. */
@AnalyzeClasses(packages = "org.paceline.daemon.config.read", importOptions = DoNotIncludeTests.class)
class ConfigArchitectureTest {

    @ArchTest
    static final ArchRule readersReadDeclaredKeys = noClasses()
            .should()
            .callMethod(YamlMap.class, "value", String.class, ScalarType.class)
            .orShould()
            .callMethod(YamlMap.class, "values", String.class, ScalarType.class)
            .orShould()
            .callMethod(YamlMap.class, "text", String.class)
            .orShould()
            .callMethod(YamlMap.class, "integer", String.class)
            .orShould()
            .callMethod(YamlMap.class, "decimal", String.class)
            .orShould()
            .callMethod(YamlMap.class, "flag", String.class)
            .orShould()
            .callMethod(YamlMap.class, "duration", String.class)
            .orShould()
            .callMethod(YamlMap.class, "percent", String.class)
            .orShould()
            .callMethod(YamlMap.class, "date", String.class)
            .orShould()
            .callMethod(YamlMap.class, "e164", String.class)
            .orShould()
            .callMethod(YamlMap.class, "maps", String.class)
            .orShould()
            .callMethod(YamlMap.class, "section", String.class)
            .orShould()
            .callMethod(YamlMap.class, "choice", String.class, Class.class);
}
