package org.paceline.yaml.key;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the descriptions of a JSON Schema from the parts of a declaration. */
final class Words {
    private Words() {}

    /** Joins the sentences that are not empty. */
    static String joined(String... sentences) {
        return Stream.of(sentences)
                .filter(sentence -> !sentence.isEmpty())
                .map(sentence -> sentence.endsWith(".") ? sentence : sentence + ".")
                .collect(Collectors.joining(" "));
    }
}
