package org.paceline.yaml.key;

import java.util.List;
import java.util.function.Function;
import org.paceline.yaml.YamlText;

/** Comments of the effective configuration between the keys, for facts that read better in words. */
public record Remark<C>(Function<C, List<String>> lines) implements Entry<C> {

    @Override
    public void show(YamlText yaml, C config) {
        lines.apply(config).forEach(yaml::comment);
    }
}
