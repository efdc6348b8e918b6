package org.paceline.daemon.agents;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;
import org.paceline.sip.registrar.KeptPhone;

/**
 * The table {@code agent_phone}: the phones that are registered at one node.
 *
 * <p>Thread: any; may block. Fails with {@link JdbiException}.
 */
final class PhoneTable {
    private static final String SELECT =
            "SELECT account, contact, instance, reg_id, call_id, cseq, route, source_host, source_port, is_symmetric,"
                    + " user_agent, since_at, until_at FROM agent_phone WHERE node = :node ORDER BY since_at, contact";
    private static final String FORGET =
            "DELETE FROM agent_phone WHERE node = :node AND account = :account AND contact = :contact"
                    + " AND reg_id = :regId";
    private static final String ADD =
            "INSERT INTO agent_phone (node, account, contact, reg_id, instance, call_id, cseq, route, source_host,"
                    + " source_port, is_symmetric, user_agent, since_at, until_at)"
                    + " VALUES (:node, :account, :contact, :regId, :instance, :callId, :sequence, :route, :sourceHost,"
                    + " :sourcePort, :symmetric, :userAgent, :since, :until)";

    private final Database database;
    private final String node;

    PhoneTable(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /** Returns the phones, the one that registered first at the front. */
    List<KeptPhone> phones() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT)
                        .bind("node", node)
                        .map((row, _) -> new KeptPhone(
                                row.getString("account"),
                                row.getString("contact"),
                                row.getString("instance"),
                                row.getInt("reg_id"),
                                row.getString("call_id"),
                                row.getLong("cseq"),
                                row.getString("route"),
                                row.getString("source_host"),
                                row.getInt("source_port"),
                                row.getBoolean("is_symmetric"),
                                row.getString("user_agent"),
                                row.getLong("since_at"),
                                row.getLong("until_at")))
                        .list());
    }

    /** Takes phones out and puts others in, as a whole; one in both is changed. */
    void change(List<KeptPhone> gone, List<KeptPhone> come) {
        database.write(handle -> {
            gone.forEach(phone -> forget(handle, phone));
            come.forEach(phone -> {
                forget(handle, phone);
                add(handle, phone);
            });
            return null;
        });
    }

    private void forget(Handle handle, KeptPhone phone) {
        handle.createUpdate(FORGET)
                .bind("node", node)
                .bind("account", phone.user())
                .bind("contact", phone.contact())
                .bind("regId", phone.regId())
                .execute();
    }

    private void add(Handle handle, KeptPhone phone) {
        handle.createUpdate(ADD)
                .bind("node", node)
                .bind("account", phone.user())
                .bind("contact", phone.contact())
                .bind("regId", phone.regId())
                .bind("instance", phone.instance())
                .bind("callId", phone.callId())
                .bind("sequence", phone.sequence())
                .bind("route", phone.path())
                .bind("sourceHost", phone.sourceHost())
                .bind("sourcePort", phone.sourcePort())
                .bind("symmetric", phone.symmetric())
                .bind("userAgent", phone.userAgent())
                .bind("since", phone.sinceEpochMillis())
                .bind("until", phone.untilEpochMillis())
                .execute();
    }
}
