package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.rules.NumberNotation;
import org.paceline.sip.identity.IdentityTerms;
import org.paceline.sip.identity.IdentityTerms.CallerIdHeader;
import org.paceline.sip.identity.IdentityTerms.Privacy;
import org.paceline.sip.identity.NumberForm;
import org.paceline.sip.identity.NumberFormat;
import org.paceline.sip.identity.TrunkIdentity;

/** What arrives at SIPp for each option of a trunk; +13055550123 is called, the caller ID is +13055550100. */
@Timeout(120)
class SippIdentityIT {
    private static final int CALLS = 20;
    private static final String PAI = "P-Asserted-Identity: ";
    private static final String NOTHING_ELSE = "Privacy:|Diversion:|P-Preferred-Identity:|Remote-Party-ID:|user=phone";

    static Stream<Arguments> options() {
        return Stream.of(
                arguments(
                        "usual",
                        TrunkIdentity.USUAL,
                        "sip:[+]13055550123@127.0.0.1:[0-9]+",
                        "<sip:[+]13055550123@127.0.0.1:[0-9]+>",
                        "^ *<sip:[+]13055550100@callerid.example>;tag=",
                        PAI + "<sip:[+]13055550100@callerid.example>",
                        NOTHING_ELSE),
                arguments(
                        "bare callee behind a tech prefix, caller with 00",
                        numbers(new NumberForm(NumberNotation.E164_BARE, NumberNotation.E164_00, "77#")),
                        "sip:77%2313055550123@127.0.0.1:[0-9]+",
                        "<sip:77%2313055550123@127.0.0.1:[0-9]+>",
                        "^ *<sip:0013055550100@callerid.example>;tag=",
                        PAI + "<sip:0013055550100@callerid.example>",
                        NOTHING_ELSE),
                arguments(
                        "national by a rule, user=phone",
                        new TrunkIdentity(
                                new NumberFormat(
                                        NumberForm.E164,
                                        Map.of(
                                                1L,
                                                new NumberForm(NumberNotation.E164, NumberNotation.E164, "1"),
                                                1305L,
                                                new NumberForm(NumberNotation.NATIONAL, NumberNotation.NATIONAL, "")),
                                        "US",
                                        true),
                                IdentityTerms.USUAL),
                        "sip:3055550123@127.0.0.1:[0-9]+;user=phone",
                        "<sip:3055550123@127.0.0.1:[0-9]+;user=phone>",
                        "^ *<sip:3055550100@callerid.example;user=phone>;tag=",
                        PAI + "<sip:3055550100@callerid.example;user=phone>",
                        "Privacy:|Diversion:"),
                arguments(
                        "account in From, caller ID preferred, diverted, named",
                        terms(new IdentityTerms(
                                "acct-7",
                                "sip.carrier.example",
                                "Acme \"East\"",
                                CallerIdHeader.P_PREFERRED_IDENTITY,
                                Privacy.NONE,
                                13055550199L)),
                        "sip:[+]13055550123@127.0.0.1:[0-9]+",
                        "<sip:[+]13055550123@127.0.0.1:[0-9]+>",
                        "^ *\"Acme .\"East.\"\" <sip:acct-7@sip.carrier.example>;tag=",
                        "P-Preferred-Identity: \"Acme .\"East.\"\" <sip:[+]13055550100@sip.carrier.example>"
                                + ".*Diversion: <sip:[+]13055550199@sip.carrier.example>;reason=unconditional",
                        "P-Asserted-Identity:|Privacy:|Remote-Party-ID:"),
                arguments(
                        "Remote-Party-ID",
                        terms(new IdentityTerms(null, null, "", CallerIdHeader.REMOTE_PARTY_ID, Privacy.NONE, null)),
                        "sip:[+]13055550123@127.0.0.1:[0-9]+",
                        "<sip:[+]13055550123@127.0.0.1:[0-9]+>",
                        "^ *<sip:[+]13055550100@callerid.example>;tag=",
                        "Remote-Party-ID: <sip:[+]13055550100@callerid.example>;party=calling;screen=yes;privacy=off",
                        "P-Asserted-Identity:|Privacy:|P-Preferred-Identity:"),
                arguments(
                        "no header beside From",
                        terms(new IdentityTerms(null, null, "", CallerIdHeader.NONE, Privacy.NONE, null)),
                        "sip:[+]13055550123@127.0.0.1:[0-9]+",
                        "<sip:[+]13055550123@127.0.0.1:[0-9]+>",
                        "^ *<sip:[+]13055550100@callerid.example>;tag=",
                        "CSeq:",
                        "P-Asserted-Identity:|" + NOTHING_ELSE),
                arguments(
                        "Privacy: id",
                        terms(new IdentityTerms(null, null, "", CallerIdHeader.P_ASSERTED_IDENTITY, Privacy.ID, null)),
                        "sip:[+]13055550123@127.0.0.1:[0-9]+",
                        "<sip:[+]13055550123@127.0.0.1:[0-9]+>",
                        "^ *\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=",
                        PAI + "<sip:[+]13055550100@callerid.example>.*Privacy: id",
                        "Diversion:|P-Preferred-Identity:|Remote-Party-ID:|user=phone"));
    }

    private static TrunkIdentity numbers(NumberForm form) {
        return new TrunkIdentity(new NumberFormat(form, Map.of(), null, false), IdentityTerms.USUAL);
    }

    private static TrunkIdentity terms(IdentityTerms terms) {
        return new TrunkIdentity(NumberFormat.E164, terms);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void shouldSendWhatTheTrunkWants(
            String name, TrunkIdentity identity, String uri, String to, String from, String headers, String absent)
            throws IOException {
        try (SippRun carrier = SippRun.expecting(1, uri, to, from, headers, absent);
                TelephonyFixture dialer = TelephonyFixture.withIdentity(carrier.port(), identity)) {
            dialer.dial();

            carrier.awaitSuccess();
            assertThat(dialer.await(CallFailed.class).outcome()).isEqualTo(Outcome.BUSY);
        }
    }

    /** Every twentieth message is lost, in each direction. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void shouldSendItOverALineThatLosesMessages(
            String name, TrunkIdentity identity, String uri, String to, String from, String headers, String absent)
            throws IOException {
        try (SippRun carrier = SippRun.expecting(CALLS, uri, to, from, headers, absent, "-lost", "5");
                TelephonyFixture dialer = TelephonyFixture.withIdentity(carrier.port(), identity)) {
            for (int i = 0; i < CALLS; i++) {
                dialer.dial();
            }

            carrier.awaitSuccess();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> dialer.events.endings() == CALLS);
            assertThat(dialer.events.of(CallFailed.class))
                    .allSatisfy(failed -> assertThat(failed.outcome()).isEqualTo(Outcome.BUSY));
        }
    }
}
