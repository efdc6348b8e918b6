package org.paceline.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.logging.KeyValueEncoder;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.slf4j.LoggerFactory;

class CallLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(CallLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null); // as configured
    }

    @Test
    void shouldLogWhatIsStoredLateWithTheTimeAtWhichItHappened() throws Exception {
        CallLog.over(batch -> {})
                .write(List.of(
                        new Effect.AgentChanged(new AgentId("alice"), AgentState.READY, null, null, NOON),
                        new Effect.RecordingKept(
                                new CallId(7), new RecordingFile("a.wav", 44, 0, true), NOON + 1_000)));

        assertThat(lines.list)
                .map(line -> new String(new KeyValueEncoder().encode(line), StandardCharsets.UTF_8))
                .map(line -> line.substring(0, line.indexOf(" level=")))
                .containsExactly("at=2026-09-21T14:13:20.000Z", "at=2026-09-21T14:13:21.000Z");
    }

    @Test
    void shouldQuoteFreeTextSoThatALineStaysKeyAndValue() throws Exception {
        CallLog.over(batch -> {})
                .write(List.of(
                        new Effect.AgentChanged(
                                new AgentId("alice"), AgentState.PAUSED, "back \"soon\" call=7", null, NOON),
                        new Effect.AgentChanged(new AgentId("alice"), AgentState.READY, null, null, NOON)));

        assertThat(lines.list)
                .map(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "agent=alice event=agent-state state=PAUSED reason=\"back 'soon' call=7\"",
                        "agent=alice event=agent-state state=READY reason=\"\"");
    }
}
