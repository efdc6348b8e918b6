package org.paceline.yaml.key;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Descriptions of JSON Schema from the parts of a declaration. */
final class Words {
    private Words() {}

    /** The sentences that are not empty. */
    static String joined(String... sentences) {
        return Stream.of(sentences)
                .filter(sentence -> !sentence.isEmpty())
                .map(sentence -> sentence.endsWith(".") ? sentence : sentence + ".")
                .collect(Collectors.joining(" "));
    }
}
