package org.paceline.daemon.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.List;
import org.h2.jdbc.JdbcSQLNonTransientConnectionException;
import org.h2.jdbc.JdbcSQLNonTransientException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;
import org.slf4j.event.KeyValuePair;

class KeyValueEncoderTest {
    private final LoggerContext context = new LoggerContext();

    private String line(@Nullable Throwable thrown, String message, Object... arguments) {
        LoggingEvent event = new LoggingEvent(
                "test", context.getLogger("org.paceline.daemon.run.CallLog"), Level.INFO, message, thrown, arguments);
        event.setInstant(Instant.parse("2026-11-21T13:00:00.123Z"));
        return new String(new KeyValueEncoder().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteKeyValue() {
        assertThat(line(null, "call={} event=answered millis={}", 68719476737L, 12))
                .isEqualTo(
                        "at=2026-11-21T13:00:00.123Z level=info from=CallLog call=68719476737 event=answered millis=12\n");
    }

    @Test
    void shouldWriteTheTimeOfWhatALineTellsOf() {
        LoggingEvent event = new LoggingEvent(
                "test", context.getLogger("org.paceline.daemon.run.CallLog"), Level.INFO, "event=ended", null, null);
        event.setInstant(Instant.parse("2026-11-21T13:00:59.999Z"));
        event.addKeyValuePair(new KeyValuePair(
                KeyValueEncoder.EVENT_TIME,
                Instant.parse("2026-11-21T13:00:00.123Z").toEpochMilli()));

        assertThat(new String(new KeyValueEncoder().encode(event), StandardCharsets.UTF_8))
                .isEqualTo("at=2026-11-21T13:00:00.123Z level=info from=CallLog event=ended\n");
    }

    @Test
    void shouldQuoteProse() {
        assertThat(line(null, "it said \"no\"\nand left"))
                .isEqualTo(
                        "at=2026-11-21T13:00:00.123Z level=info from=CallLog msg=\"it said \\\"no\\\"\\nand left\"\n");
    }

    @Test
    void shouldEscapeControlCharacters() {
        assertThat(line(null, "event=paused reason={}", "a\u0000b\u001b[31mc\td\u0085e\u2028f"))
                .endsWith("event=paused reason=a\\u0000b\\u001b[31mc\\td\\u0085e\\u2028f\n");
    }

    @Test
    void shouldMaskNumbersInStackTraces() {
        String text = line(new IllegalStateException("cannot call +13055550123"), "event=failed");
        assertThat(text)
                .contains("event=failed thread=")
                .contains("cannot call +1305*****23")
                .doesNotContain("55501");
    }

    private static List<Throwable> outages() {
        MVStoreException store = new MVStoreException(DataUtils.ERROR_WRITING_FAILED, "Writing failed");
        store.initCause(new IOException("No space left on device"));
        SQLException full = new JdbcSQLNonTransientException("General error", "INSERT", "HY000", 50_000, store, "");
        return List.of(
                new TransactionException("Failed to commit transaction", full),
                new JournalUnavailableException(
                        "batch of 1 attempts was not stored",
                        new JdbcSQLNonTransientConnectionException(
                                "No space left on device", "INSERT", "90098", 90_098, null, "")),
                new JournalUnavailableException(
                        "batch of 1 attempts was not stored",
                        new SQLException("No space left on device\nsecond line", "57P01")),
                new ConnectionException(new SQLTransientConnectionException(
                        "dialing - Connection is not available", new SQLException("No space left on device", "08001"))),
                new UncheckedIOException(new IOException("No space left on device")));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void shouldTellAnOutageByItsReasonAlone(Throwable outage) {
        assertThat(line(outage, "event=store-failed"))
                .isEqualTo("at=2026-11-21T13:00:00.123Z level=info from=CallLog event=store-failed"
                        + " reason=\"No space left on device\"\n");
    }

    @Test
    void shouldTellAnOutageThatABatchMetByItsReasonAlone() {
        MVStoreException store = new MVStoreException(DataUtils.ERROR_WRITING_FAILED, "Writing failed");
        store.initCause(new IOException("No space left on device"));
        BatchUpdateException full = new BatchUpdateException();
        full.setNextException(new SQLException("General error", store));
        BatchUpdateException closed = new BatchUpdateException("The database has been closed", "90098", 90_098, null);

        assertThat(line(full, "event=store-failed")).endsWith(" reason=\"No space left on device\"\n");
        assertThat(line(closed, "event=store-failed")).endsWith(" reason=\"The database has been closed\"\n");
    }

    @Test
    void shouldKeepTheStackOfAStatementOrAStorageThatIsWrong() {
        for (Exception wrong : List.of(
                new SQLException("syntax error", "42601"),
                new TransactionException(new MVStoreException(DataUtils.ERROR_INTERNAL, "node is corrupt")))) {
            assertThat(line(wrong, "event=store-failed"))
                    .contains("\tat org.paceline.daemon.logging.KeyValueEncoderTest");
        }
    }

    @Test
    void shouldKeepTheStackOfAnOutageInLinesForDebugging() {
        LoggingEvent event = new LoggingEvent(
                "test",
                context.getLogger("test"),
                Level.DEBUG,
                "event=failed",
                new SQLException("gone", "08001"),
                null);
        assertThat(new String(new KeyValueEncoder().encode(event), StandardCharsets.UTF_8))
                .contains("\tat org.paceline.daemon.logging.KeyValueEncoderTest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    number=+13055550123 x        | number=+1305*****23 x
                    to sip:+493012345678@192.0.2.1 | to sip:+4930******78@192.0.2.1
                    to sip:13055550123@192.0.2.1 | to sip:1305*****23@192.0.2.1
                    to tel:13055550123           | to tel:1305*****23
                    call=68719476737 at=1795000000000 | call=68719476737 at=1795000000000
                    sip:alice@127.0.0.1:5071     | sip:alice@127.0.0.1:5071
                    nothing here                 | nothing here
                    """)
    void shouldMaskNumbersAndNothingElse(String text, String masked) {
        assertThat(NumberMask.mask(text)).isEqualTo(masked);
    }
}
