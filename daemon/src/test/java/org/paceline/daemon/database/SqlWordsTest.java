package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.paceline.rules.OptOut;

class SqlWordsTest {
    private static OptOut.Kind kind(String stored) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + stored + " AS kind")) {
            row.next();
            return SqlWords.read(row, "kind", OptOut.Kind.class);
        }
    }

    @Test
    void shouldReadTheWordOfAnEnum() throws Exception {
        assertThat(kind(SqlWords.word(OptOut.Kind.COMPLAINT))).isEqualTo(OptOut.Kind.COMPLAINT);
    }

    @Test
    void shouldSayInOneLineWhichWordThisVersionDoesNotKnow() {
        assertThatThrownBy(() -> kind("'MOURNING'"))
                .isInstanceOf(SQLException.class)
                .hasMessage("column 'kind' holds 'MOURNING', which this version does not know: must be one of"
                        + " [REQUEST, COMPLAINT]; run the version that wrote it");
        assertThatThrownBy(() -> kind("NULL")).hasMessageStartingWith("column 'kind' holds 'null'");
    }
}
