package org.paceline.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CausesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Reason: Q.850;cause=1;text=\"Unallocated (unassigned) number\" | 1",
                "Reason: q.850 ; Cause = 17 | 17",
                "Reason: Q.850;cause=\"1\" | 1",
                "Reason: Q850;cause=34 | 34",
                "Reason: Q.850;text=\"a\";cause=20 | 20",
                "Reason: SIP;cause=486;text=\"x\", Q.850;cause=17 | 17",
                "Reason: Q.850;cause=16, Q.850;cause=1 | 1",
                "Reason: Q.850;cause=127, Q.850;cause=34 | 34",
                "Reason: SIP;cause=503 | 0",
                "Reason: Q.850;cause=0 | 0",
                "Reason: Q.850;cause=abc | 0",
                "Reason: Q.850;cause=200 | 0",
                "Reason: Q.850;cause=1234 | 0",
                "Reason: Q.850 | 0",
                "Reason:  | 0",
                "Reason: ;;; Q.850;cause=1 | 1"
            })
    void shouldReadTheCauseHoweverItIsWritten(String header, int q850) throws ParseException {
        assertThat(Causes.of(response("503 Service Unavailable", header)).q850())
                .isEqualTo(q850);
    }

    @Test
    void shouldReadSeveralReasonHeaders() throws ParseException {
        assertThat(Causes.of(response("503 X", "Reason: SIP;cause=500\r\nReason: Q.850;cause=3"))
                        .q850())
                .isEqualTo(3);
    }

    @Test
    void shouldKnowAnalyticsByThePhraseOrTheReason() throws ParseException {
        assertThat(Causes.signs(response("603 Network Blocked", "X: y")).byAnalytics())
                .isTrue();
        assertThat(Causes.signs(response("603 Decline", "Reason: SIP;cause=603;text=\"v=analytics1;url=a.example\""))
                        .byAnalytics())
                .isTrue();
        assertThat(Causes.signs(response("603 Decline", "Reason: Q.850;cause=21"))
                        .byAnalytics())
                .isFalse();
    }

    @Test
    void shouldReadTheFirstWarning() throws ParseException {
        assertThat(Causes.signs(response("488 X", "Warning: 304 a.example \"none\", 399 a.example \"b\""))
                        .warning())
                .isEqualTo(304);
        assertThat(Causes.signs(response("488 X", "Warning: x")).warning()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After: 30 (busy);duration=60 | 30",
                "Retry-After: -5 | 0",
                "Retry-After: 4294967296 | 0",
                "Retry-After: Sat, 28 Nov 2026 21:00:00 GMT | 0"
            })
    void shouldTakeOnlyARetryAfterThatIsANumberOfSeconds(String header, int seconds) throws ParseException {
        assertThat(Causes.of(response("503 X", header)).retryAfterSeconds()).isEqualTo(seconds);
    }

    private static SIPResponse response(String status, String header) throws ParseException {
        String text = "SIP/2.0 " + status + "\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1\r\n"
                + "From: <sip:a@127.0.0.1>;tag=1\r\nTo: <sip:b@127.0.0.1>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n"
                + header + "\r\nContent-Length: 0\r\n\r\n";
        return (SIPResponse) new StringMsgParser()
                .parseSIPMessage(
                        text.getBytes(StandardCharsets.UTF_8),
                        true,
                        false,
                        // As the stack's own channels do with headers that they cannot read.
                        (e, message, kind, line, whole) -> message.addUnparsed(line));
    }
}
