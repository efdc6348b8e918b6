package org.paceline.bench.pacing;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.paceline.bench.pacing.contender.Contender;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Contenders by their labels on the command line. */
final class ContenderLabel implements ITypeConverter<Contender>, Iterable<String> {
    private static final List<String> ALL =
            Arrays.stream(Contender.values()).map(Contender::label).toList();

    @Override
    public Contender convert(String value) {
        return Arrays.stream(Contender.values())
                .filter(contender -> contender.label().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + value + "' is none: must be one of " + String.join(", ", ALL)));
    }

    @Override
    public Iterator<String> iterator() {
        return ALL.iterator();
    }
}
