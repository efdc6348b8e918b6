package org.paceline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.paceline.daemon.database.Database;

/** The texts in the daemon's class files, and the tables of its migrations. */
final class StatementTexts {
    private static final String DAEMON = "org/paceline/daemon";
    private static final Pattern CHANGE_OF_TABLES =
            Pattern.compile("(CREATE|DROP) TABLE (\\w+)|ALTER TABLE (\\w+) RENAME TO (\\w+)");

    private StatementTexts() {}

    /**
     * A text constant. What is put in while the program runs stands in it as character 1 or 2.
     *
     * @param isEnum whether the class is an enum, whose constants' names are texts too
     */
    record Text(String className, String packageName, String text, boolean isEnum) {}

    static List<Text> ofDaemon() throws IOException, URISyntaxException {
        Path classes = Path.of(Database.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Text> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes.resolve(DAEMON))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                read(ClassFile.of().parse(file), texts);
            }
        }
        assertThat(texts).as("texts of %s", classes).hasSizeGreaterThan(1_000);
        return texts;
    }

    private static void read(ClassModel type, List<Text> texts) {
        String name = type.thisClass().asInternalName().replace('/', '.');
        boolean isEnum = type.superclass()
                .filter(parent -> parent.asInternalName().equals("java/lang/Enum"))
                .isPresent();
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof StringEntry text) {
                texts.add(new Text(name, name.substring(0, name.lastIndexOf('.')), text.stringValue(), isEnum));
            }
        }
    }

    static Set<String> tablesOfTheSchema() throws IOException, URISyntaxException {
        Path folder = Path.of(Database.class.getResource("schema").toURI());
        Set<String> tables = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted(Comparator.comparingInt(StatementTexts::version))
                    .toList()) {
                Matcher change = CHANGE_OF_TABLES.matcher(Files.readString(file));
                while (change.find()) {
                    if ("CREATE".equals(change.group(1))) {
                        tables.add(change.group(2));
                    } else if ("DROP".equals(change.group(1))) {
                        tables.remove(change.group(2));
                    } else {
                        tables.remove(change.group(3));
                        tables.add(change.group(4));
                    }
                }
            }
        }
        return tables;
    }

    private static int version(Path migration) {
        return Integer.parseInt(migration.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
    }
}
