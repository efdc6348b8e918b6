package org.paceline.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.sip.auth.Authenticator.Result;

class AuthenticatorTest {
    private static final String DIGEST = "WWW-Authenticate: Digest realm=\"a\", nonce=\"n1\", qop=\"auth\"";

    private long nowNanos;
    private final Authenticator authenticator =
            new Authenticator(new Credentials("acct1", "secret-word", ""), () -> nowNanos);
    private final Authenticator.Exchange exchange = authenticator.begin();

    @Test
    void shouldCountUpTheUsesOfANonce() throws Exception {
        assertThat(exchange.take(response(401, DIGEST))).isEqualTo(new Result.Again());

        assertThat(authorized())
                .singleElement()
                .asString()
                .contains("nonce=\"n1\"", "nc=00000001", "username=\"acct1\"");
        assertThat(authorized()).singleElement().asString().contains("nonce=\"n1\"", "nc=00000002");
        authenticator.begin().take(response(401, DIGEST.replace("n1", "n2")));
        assertThat(authorized()).singleElement().asString().contains("nonce=\"n2\"", "nc=00000001");
    }

    @Test
    void shouldGiveUpWhenThePasswordIsRefused() throws Exception {
        exchange.take(response(401, DIGEST));

        assertThat(exchange.take(response(401, DIGEST.replace("n1", "n2"))))
                .isEqualTo(new Result.Refused("realm 'a' does not take user acct1 with its password"));
    }

    @Test
    void shouldNotTryARefusedPasswordAgainForAMinute() throws Exception {
        exchange.take(response(401, DIGEST));
        exchange.take(response(401, DIGEST.replace("n1", "n2")));

        assertThat(authorized()).isEmpty();
        nowNanos += TimeUnit.SECONDS.toNanos(59);
        assertThat(authenticator.begin().take(response(401, DIGEST.replace("n1", "n3"))))
                .isEqualTo(new Result.Refused("realm 'a' does not take user acct1 with its password"));
        nowNanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(authenticator.begin().take(response(401, DIGEST.replace("n1", "n4"))))
                .isEqualTo(new Result.Again());
    }

    @Test
    void shouldAnswerWithItsOwnNonceWhateverOthersWereGiven() throws Exception {
        exchange.take(response(401, DIGEST));
        authenticator.begin().take(response(401, DIGEST.replace("n1", "n2")));

        assertThat(authorized(exchange)).singleElement().asString().contains("nonce=\"n1\"", "nc=00000001");
        assertThat(authorized()).singleElement().asString().contains("nonce=\"n2\"", "nc=00000001");
    }

    @Test
    void shouldTryAgainWhenOnlyTheNonceIsTooOld() throws Exception {
        exchange.take(response(401, DIGEST));

        assertThat(exchange.take(response(401, DIGEST.replace("n1", "n2") + ", stale=true")))
                .isEqualTo(new Result.Again());
        assertThat(authorized()).singleElement().asString().contains("nonce=\"n2\"");
    }

    @Test
    void shouldGiveUpWhenNoNonceIsEverYoungEnough() throws Exception {
        Result result = new Result.Again();
        int times = 0;
        while (result instanceof Result.Again && times < 100) {
            result = exchange.take(response(401, DIGEST + ", stale=true"));
            times++;
        }
        assertThat(result).isEqualTo(new Result.Refused("challenges again and again"));
        assertThat(times).isLessThan(10);
    }

    @Test
    void shouldAnswerSeveralRealmsAtOnce() throws Exception {
        exchange.take(response(407, "Proxy-Authenticate: Digest realm=\"edge\", nonce=\"p\", qop=\"auth\""));

        assertThat(exchange.take(response(401, DIGEST))).isEqualTo(new Result.Again());
        assertThat(authorized())
                .hasSize(2)
                .anySatisfy(header ->
                        assertThat(header).startsWith("Proxy-Authorization: ").contains("\"edge\""))
                .anySatisfy(header ->
                        assertThat(header).startsWith("Authorization: ").contains("\"a\""));
    }

    @Test
    void shouldTakeTheFirstAlgorithmThatItKnows() throws Exception {
        String unknown = "WWW-Authenticate: Digest realm=\"a\", nonce=\"n\", qop=\"auth\", algorithm=SHA3-256";
        String sha = "WWW-Authenticate: Digest realm=\"a\", nonce=\"n\", qop=\"auth-int,auth\", algorithm=SHA-256";
        String md5 = "WWW-Authenticate: Digest realm=\"a\", nonce=\"n\", qop=\"auth\", algorithm=MD5";

        assertThat(exchange.take(response(401, unknown, sha, md5))).isEqualTo(new Result.Again());
        assertThat(authorized()).singleElement().asString().contains("algorithm=SHA-256", "qop=auth,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WWW-Authenticate: Digest realm=\"a\", nonce=\"n\", qop=\"auth-int\""
                        + "| realm 'a' asks for qop auth-int, only auth is known",
                "WWW-Authenticate: Digest realm=\"a\", nonce=\"n\", algorithm=AKAv1-MD5"
                        + "| realm 'a' asks for algorithm AKAv1-MD5, known are MD5, SHA-256 and SHA-512-256",
                "WWW-Authenticate: Basic realm=\"a\"| realm 'a' asks for Basic instead of Digest",
                "WWW-Authenticate: Digest realm=\"a\"| realm 'a' gives no nonce",
                "X-Nothing: at all| gives no challenge"
            })
    void shouldSayWhatItCannotAnswer(String header, String reason) throws Exception {
        assertThat(exchange.take(response(401, header))).isEqualTo(new Result.Refused(reason));
        assertThat(authorized()).isEmpty();
    }

    @Test
    void shouldKeepThePasswordFromOtherRealms() throws Exception {
        Authenticator ofOneRealm = new Authenticator(new Credentials("acct1", "secret-word", "b"));

        assertThat(ofOneRealm.begin().take(response(401, DIGEST)))
                .isEqualTo(new Result.Refused("realm 'a' is another than 'b'"));
    }

    @Test
    void shouldSayThatThereIsNoPassword() throws Exception {
        assertThat(Authenticator.NONE.begin().take(response(401, DIGEST)))
                .isEqualTo(new Result.Refused("asks for a user and password, and none is set"));
    }

    @Test
    void shouldNotShowThePassword() {
        assertThat(new Credentials("acct1", "secret-word", "").toString()).doesNotContain("secret-word");
    }

    /** The answers that a new request gets. */
    private List<String> authorized() throws Exception {
        return authorized(authenticator.begin());
    }

    private static List<String> authorized(Authenticator.Exchange of) throws Exception {
        SIPRequest request = (SIPRequest) new StringMsgParser()
                .parseSIPMessage(message("INVITE sip:bob@example.com SIP/2.0", "INVITE"), true, false, null);
        of.authorize(request);
        List<String> headers = new ArrayList<>();
        for (String line : request.toString().split("\r\n", -1)) {
            if (line.contains("Authorization:")) {
                headers.add(line);
            }
        }
        return headers;
    }

    private static SIPResponse response(int status, String... headers) throws Exception {
        return (SIPResponse) new StringMsgParser()
                .parseSIPMessage(message("SIP/2.0 " + status + " No", "INVITE", headers), true, false, null);
    }

    private static byte[] message(String first, String method, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return (first + "\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\n"
                        + "To: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 " + method + "\r\n" + more
                        + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
