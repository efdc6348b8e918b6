package org.paceline.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.sip.stack.Transport;

class TraceFilterTest {
    private static final InetSocketAddress SOMEWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);

    private static boolean finds(String number, String text) {
        TracedMessage message = new TracedMessage(
                0, 0, TracedMessage.Way.SENT, Transport.UDP, SOMEWHERE, SOMEWHERE, text, "", "", null);
        return new TraceFilter(number, null, null, null).search(List.of()).matches(message);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    4930901820,    sip:+4930901820@host,           true
                    4930901820,    sip:4930901820@host,            true
                    4930901820,    sip:004930901820@host,          true
                    4930901820,    sip:030901820@host,             true
                    030901820,     sip:+4930901820@host,           true
                    4930901820,    sip:99904930901820@host,        true
                    4930901820,    sip:%234930901820@host,         true
                    13055550123,   tel:+1-305-555-0123,            true
                    4930901820,    sip:+4930901821@host,           false
                    4930901820,    sip:1820@host,                  false
                    4930901820,    sip:host:4930901,               false
                    """)
    void shouldFindANumberHoweverItIsWritten(String number, String uri, boolean found) {
        assertThat(finds(number, "INVITE sip:gw SIP/2.0\r\nTo: <" + uri + ">\r\n\r\n"))
                .isEqualTo(found);
    }

    @Test
    void shouldNotLookIntoTheBody() {
        assertThat(finds("13055550123", "INFO sip:gw SIP/2.0\r\nCSeq: 1 INFO\r\n\r\nsip:13055550123@x"))
                .isFalse();
    }

    @Test
    void shouldRefuseTooFewDigits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceFilter("123456", null, null, null));
    }
}
