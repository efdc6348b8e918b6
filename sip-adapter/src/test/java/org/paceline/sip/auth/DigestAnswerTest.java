package org.paceline.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.sip.auth.Challenge.Space;

class DigestAnswerTest {
    private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life", "");

    /** RFC 7616 §3.9.1. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void shouldComputeTheExamplesOfTheRfc(String algorithm, String response) {
        Challenge challenge = challenge(
                "http-auth@example.org", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", algorithm, true, false);

        assertThat(DigestAnswer.response(
                        challenge,
                        MUFASA,
                        new DigestAnswer.Target("GET", "/dir/index.html"),
                        "00000001",
                        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"))
                .isEqualTo(response);
    }

    /** The example of RFC 7616 §3.9.2, whose own response is wrong; this one was computed by another program. */
    @Test
    void shouldHashTheUserWhenAsked() {
        Challenge challenge =
                challenge("api@example.org", "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", "SHA-512-256", true, true);
        Credentials user = new Credentials("J\u00e4s\u00f8n Doe", "Secret, or not?", "");

        String header = DigestAnswer.header(
                        challenge,
                        user,
                        new DigestAnswer.Target("GET", "/doe.json"),
                        1,
                        "NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm")
                .toString();

        assertThat(header)
                .startsWith("Authorization: Digest ")
                .contains(
                        "username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\"",
                        "response=\"7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c\"",
                        "uri=\"/doe.json\"",
                        "algorithm=SHA-512-256",
                        "qop=auth,",
                        "nc=00000001",
                        "userhash=true");
    }

    /** RFC 2617 §3.5 without qop is what old switches still ask for (RFC 2069 §2.4). */
    @Test
    void shouldAnswerAsOldSwitchesWantWithoutQop() {
        Challenge challenge = challenge("testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", null, false, false);

        String header = DigestAnswer.header(
                        challenge,
                        new Credentials("Mufasa", "Circle Of Life", ""),
                        new DigestAnswer.Target("GET", "/dir/index.html"),
                        7,
                        "0a4f113b")
                .toString();

        assertThat(header)
                .contains("response=\"670fd8c2df070c60b045671b8b24ff02\"")
                .doesNotContain("nc=", "cnonce=", "qop=", "algorithm=");
    }

    @Test
    void shouldKeepQuotesOfAUserAndOfARealmWithinTheHeader() {
        Challenge challenge = challenge("a \\\"b\\\"", "n", "MD5", true, false);

        String header = DigestAnswer.header(
                        challenge,
                        new Credentials("o\"r", "secret-word", ""),
                        new DigestAnswer.Target("INVITE", "sip:a@b"),
                        255,
                        "c")
                .toString();

        assertThat(header)
                .contains("username=\"o\\\"r\"", "realm=\"a \\\"b\\\"\"", "nc=000000ff")
                .doesNotContain("secret-word");
        assertThat(header).contains("response=\"" + hash("o\"r:a \"b\":secret-word") + "\"");
    }

    private static String hash(String account) {
        String secret = DigestAlgorithm.MD5.hash(account);
        return DigestAlgorithm.MD5.hash(
                secret, "n", "000000ff", "c", "auth", DigestAlgorithm.MD5.hash("INVITE", "sip:a@b"));
    }

    private static Challenge challenge(
            String realm, String nonce, @Nullable String algorithm, boolean withQop, boolean hashesUser) {
        DigestAlgorithm known =
                algorithm == null ? DigestAlgorithm.MD5 : Objects.requireNonNull(DigestAlgorithm.named(algorithm));
        return new Challenge(new Space(false, realm), nonce, null, known, algorithm, withQop, false, hashesUser);
    }
}
