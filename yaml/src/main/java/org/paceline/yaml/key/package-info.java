/**
 * Declarations of keys: each key of a configuration file is declared once, with its name, type, bounds, default, one
 * line of help, and the place of its value in the record that was read. Readers, the effective configuration and the
 * JSON Schema of a file are derived from the declarations.
 */
@NullMarked
package org.paceline.yaml.key;

import org.jspecify.annotations.NullMarked;
