package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedParserTest {

    private static final String HEAD = """
            SIP/2.0 200 OK
            Via: SIP/2.0/UDP h;branch=z9hG4bK1
            From: <sip:a@b>;tag=1
            To: <sip:c@d>;tag=2
            Call-ID: x
            CSeq: 1 INVITE
            """;

    private final GuardedParser parser = new GuardedParser();

    @Test
    void shouldTakeTheRestForTheBodyWhenThereIsNoContentLength() throws MalformedMessage {
        assertThat(body(HEAD + "Content-Type: application/sdp\n\nv=0\n")).isEqualTo("v=0\r\n");
    }

    @Test
    void shouldTakeNoMoreThanTheContentLength() throws MalformedMessage {
        assertThat(body(HEAD + "Content-Length: 3\n\nv=0\nrest")).isEqualTo("v=0");
        assertThat(parse(HEAD + "Content-Length: 0\n\nrest").getRawContent()).isNullOrEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "65535", "2147483647", "99999999999", "-1", "-2147483648", "x", ""})
    void shouldRefuseABodyThatIsNotThere(String length) {
        assertThat(refusal(HEAD + "Content-Length: " + length + "\n\nv=0").status())
                .isEqualTo(400);
    }

    @Test
    void shouldRefuseAMessageThatEndsWithinItsHeaders() {
        assertThat(refusal(HEAD)).hasMessage("Message Ends Within Its Headers");
        assertThat(refusal(HEAD + "Contact: <sip:a@")).hasMessage("Message Ends Within Its Headers");
    }

    @Test
    void shouldTakeAMessageOf60Kilobytes() throws MalformedMessage {
        String long60k = HEAD + ("X-Trace: " + "a".repeat(90) + "\n").repeat(600) + "Content-Length: 5\n\nv=0\n";

        assertThat(long60k.length()).isBetween(60_000, 65_535);
        assertThat(body(long60k)).isEqualTo("v=0\r\n");
    }

    @ParameterizedTest
    @CsvSource({"SIP/3.0, 505", "SIP/7.0, 505", "SIP/2.1, 505", "HTTP/1.1, 400", "'', 400"})
    void shouldRefuseAnotherVersion(String version, int status) {
        String request = HEAD.replace("SIP/2.0 200 OK", "INVITE sip:x@y " + version) + "\n";

        assertThat(refusal(request).status()).isEqualTo(status);
        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> parse(HEAD.replace("SIP/2.0 200", "SIP/3.0 200") + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via", "From", "To", "Call-ID", "CSeq"})
    void shouldSayWhatIsMissing(String header) {
        assertThat(refusal(HEAD.replaceAll("(?m)^" + header + ":.*\n", "") + "\n"))
                .hasMessage("Missing " + header);
    }

    @Test
    void shouldRefuseACSeqOfAnotherMethod() {
        assertThat(refusal(HEAD.replace("SIP/2.0 200 OK", "BYE sip:x@y SIP/2.0") + "\n"))
                .hasMessage("CSeq Names Another Method");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:gw-77@192.0.2.7:5070;x-tiu=\"VGhkczo6JV==\">",
                "<sip:gw@[2001:db8::7]:5070;a=\"<>,\";lr>",
                "<sip:gw@192.0.2.7;q=\"\\\"\">",
                "<sip:+13055550203;postd=pp22@127.0.0.1:5060;user=phone>",
                "<sip:gw@192.0.2.7;p=ä>",
            })
    void shouldSendBackAUriAsItCame(String contact) throws MalformedMessage {
        SIPMessage message = parse(HEAD + "Contact: " + contact + "\n\n");

        assertThat(message.getContactHeader().getAddress().getURI().toString())
                .isEqualTo(contact.substring(1, contact.length() - 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Contact: \"O\"\"Neil\" <sip:gw@192.0.2.7:5070>|sip:gw@192.0.2.7:5070",
                "m: \"<sip:no@no>, \\\" x\" <sip:gw@192.0.2.7;x=\"1\">;q=1, <sip:second@h>|sip:gw@192.0.2.7;x=\"1\"",
                "Contact: Joe, the gateway <sip:gw@192.0.2.7;a=\"\">|sip:gw@192.0.2.7;a=\"\"",
                "Contact: <sip:@192.0.2.7:5070>|sip:192.0.2.7:5070",
                "Contact: <sip:192.0.2.7:5070>|sip:192.0.2.7:5070",
                "Contact: <sip:@192.0.2.7;x=\"1\">|sip:@192.0.2.7;x=\"1\"",
                "Contact: sip:gw@192.0.2.7;ob|sip:gw@192.0.2.7",
            })
    void shouldFindTheUriInAnOddContact(String header, String uri) throws MalformedMessage {
        SIPMessage message = parse(HEAD + header + "\n\n");

        assertThat(message.getContactHeader().getAddress().getURI().toString()).isEqualTo(uri);
    }

    @Test
    void shouldKeepAllContactsWhenOnlyTheirParametersAreQuoted() throws MalformedMessage {
        SIPMessage message = parse(HEAD
                + "Contact: <sip:a@192.0.2.1>;q=0.2;+sip.instance=\"<urn:uuid:1>\", \"B\" <sip:b@192.0.2.2>;q=0.9\n\n");

        assertThat(message.getContactHeaders())
                .extracting(contact -> contact.getAddress().getURI().toString() + " " + contact.getQValue())
                .containsExactly("sip:a@192.0.2.1 0.2", "sip:b@192.0.2.2 0.9");
    }

    @Test
    void shouldKeepTheOrderOfOddRecordRoutes() throws MalformedMessage {
        SIPMessage message = parse(HEAD + """
                Record-Route: <sip:192.0.2.1;lr>
                Record-Route: <sip:192.0.2.2;x="1";lr>, "a,b" <sip:@192.0.2.3;lr>
                Record-Route: <sip:192.0.2.4>

                """);

        assertThat(message.getRecordRouteHeaders())
                .extracting(route -> route.getAddress().getURI().toString())
                .containsExactly("sip:192.0.2.1;lr", "sip:192.0.2.2;x=\"1\";lr", "sip:192.0.2.3;lr", "sip:192.0.2.4");
    }

    @Test
    void shouldFindTheTagsInOddAddresses() throws MalformedMessage {
        SIPMessage message = parse(HEAD.replace("<sip:a@b>;tag=1", "\"O\"\"Neil\" <sip:a@b;x=\"1\">;tag=q1")
                        .replace("<sip:c@d>;tag=2", "Joe, of \"x\"y <sip:c@d>; tag=q2;p=1")
                + "\n");

        assertThat(message.getFromTag()).isEqualTo("q1");
        assertThat(message.getToTag()).isEqualTo("q2");
    }

    @Test
    void shouldWriteNoUserNullInAnAnswer() throws MalformedMessage {
        SIPRequest request = (SIPRequest) parse(HEAD.replace("SIP/2.0 200 OK", "INVITE sip:@y SIP/2.0")
                        .replace("<sip:a@b>", "<sip:@b>")
                        .replace("<sip:c@d>;tag=2", "<sip::secret@d>")
                + "\n");

        SIPResponse response = request.createResponse(200);
        assertThat(response.encode()).doesNotContain("null").contains("<sip:b>;tag=1");
    }

    private String body(String message) throws MalformedMessage {
        return new String(parse(message).getRawContent(), StandardCharsets.UTF_8);
    }

    private MalformedMessage refusal(String message) {
        return catchThrowableOfType(MalformedMessage.class, () -> parse(message));
    }

    private SIPMessage parse(String message) throws MalformedMessage {
        return parser.parse(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
