package org.paceline.daemon.redo;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The database that rows belong to, and its tables at one version of the schema.
 *
 * @param store the database's own id, so that no log is applied to another database
 * @param schema the version of the tables
 * @param tables the tables; rows name them by their place in this list
 */
public record StoreShape(UUID store, String schema, List<TableShape> tables) {
    public StoreShape {
        tables = List.copyOf(tables);
    }

    void write(ByteWriter out) {
        out.putLong(store.getMostSignificantBits()).putLong(store.getLeastSignificantBits());
        out.putText(schema).putUnsigned(tables.size());
        for (TableShape table : tables) {
            out.putText(table.name()).putUnsigned(table.columns().size());
            table.columns().forEach(out::putText);
            out.putUnsigned(table.key().size());
            table.key().forEach(out::putUnsigned);
        }
    }

    static StoreShape read(ByteReader in) {
        UUID store = new UUID(in.getLong(), in.getLong());
        String schema = in.getText();
        int count = in.getCount();
        List<TableShape> tables = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = in.getText();
            List<String> columns = new ArrayList<>();
            for (int left = in.getCount(); left > 0; left--) {
                columns.add(in.getText());
            }
            List<Integer> key = new ArrayList<>();
            for (int left = in.getCount(); left > 0; left--) {
                key.add((int) in.getUnsigned());
            }
            tables.add(new TableShape(name, columns, key));
        }
        return new StoreShape(store, schema, tables);
    }
}
