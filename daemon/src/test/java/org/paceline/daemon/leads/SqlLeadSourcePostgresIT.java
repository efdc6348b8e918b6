package org.paceline.daemon.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.lead;

import org.junit.jupiter.api.Test;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.PostgresServer;
import org.paceline.daemon.nodes.Fence;

class SqlLeadSourcePostgresIT extends LeadSourceContract {
    @Override
    protected DatabaseSettings freshSettings() {
        return PostgresServer.freshDatabase();
    }

    @Test
    void shouldShareAListAndSayWhoHoldsTheRest() throws Exception {
        for (int i = 0; i < 25; i++) {
            lead(database, SPRING, 13055550100L + i, null);
        }
        LeadLeases north = new LeadLeases(database, "north", Fence.NONE);
        LeadLeases south = new LeadLeases(database, "south", Fence.NONE);
        assertThat(north.lease(SPRING, ListOrder.PLAIN, 10, NOON, new HeldLeads()))
                .hasSize(10);
        assertThat(south.lease(SPRING, ListOrder.PLAIN, 10, NOON, new HeldLeads()))
                .hasSize(10);
        assertThat(north.lease(SPRING, ListOrder.PLAIN, 10, NOON, new HeldLeads()))
                .hasSize(5);

        assertThat(south.heldElsewhere(SPRING)).isEqualTo("node north holds 15");
        assertThat(north.heldElsewhere(SPRING)).isEqualTo("node south holds 10");
    }
}
