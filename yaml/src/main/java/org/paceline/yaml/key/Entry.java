package org.paceline.yaml.key;

import org.paceline.yaml.YamlText;

/**
 * One entry that a mapping of a configuration file declares, or that the effective configuration shows in it.
 *
 * @param <C> the record that the mapping is read into
 */
public sealed interface Entry<C> permits Declared, Remark {

    /** Writes the entry as it is in force, in the notation of the file. */
    void show(YamlText yaml, C config);
}
