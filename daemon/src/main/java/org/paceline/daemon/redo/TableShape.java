package org.paceline.daemon.redo;

import java.util.List;

/**
 * A table as the log writes its rows.
 *
 * @param columns their names, in the table's order
 * @param key the places of the primary key's columns among them
 */
public record TableShape(String name, List<String> columns, List<Integer> key) {
    public TableShape {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("table " + name + " has no primary key: its rows cannot be logged");
        }
    }
}
