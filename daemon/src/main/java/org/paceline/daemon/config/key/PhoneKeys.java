package org.paceline.daemon.config.key;

import java.time.Duration;
import java.util.List;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.PhoneConfig;
import org.paceline.daemon.config.RegistrarConfig;
import org.paceline.sip.auth.DigestAlgorithm;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.Section;

/** The keys of {@code paceline.yaml} about agents' phones that register: {@code registrar}, and {@code phone} of an agent. */
public final class PhoneKeys {
    public static final Key<RegistrarConfig, String> REALM = Key.of(
                    "realm",
                    ScalarType.matching("1 to 100 letters, digits, '.', '_' and '-'", "[A-Za-z0-9._-]{1,100}"),
                    "what phones show beside user and password")
            .usually("paceline")
            .shown(RegistrarConfig::realm);
    public static final ListKey<RegistrarConfig, DigestAlgorithm> DIGESTS = ListKey.of(
                    "digests",
                    ScalarType.choice(DigestAlgorithm.class),
                    "how phones may prove their password, the best first; also sha-512-256")
            .shown((RegistrarConfig registrar) ->
                    registrar.digests().stream().map(ScalarType::written).toList());
    public static final Key<RegistrarConfig, Duration> SHORTEST = Key.of(
                    "shortest", ScalarType.DURATION, "a phone that asks for less is told to ask for this")
            .within(Bounds.durations(Duration.ofSeconds(10), Duration.ofHours(1)))
            .usually(Duration.ofSeconds(60))
            .shown(RegistrarConfig::shortest);
    public static final Key<RegistrarConfig, Duration> LONGEST = Key.of(
                    "longest", ScalarType.DURATION, "a phone that asks for more gets this")
            .within(Bounds.durations(Duration.ofSeconds(10), Duration.ofHours(24)))
            .usually(Duration.ofHours(1))
            .shown(RegistrarConfig::longest);
    public static final Key<RegistrarConfig, Integer> PHONES_PER_AGENT = Key.of(
                    "phones-per-agent",
                    ScalarType.INTEGER,
                    "registered at once; the one that came last is called first, and the oldest makes room")
            .within(Bounds.numbers(1, 20))
            .usually(4)
            .shown(RegistrarConfig::phonesPerAgent);
    public static final Key<RegistrarConfig, Integer> TRIES = Key.of(
                    "tries",
                    ScalarType.INTEGER,
                    "wrong passwords for a user from one address; then it waits there, first 1m, at most 1h")
            .within(Bounds.numbers(1, 100))
            .usually(5)
            .shown(RegistrarConfig::tries);
    public static final Section<DaemonConfig, RegistrarConfig> REGISTRAR = Section.of(
                    "registrar",
                    "for agents' phones that register",
                    List.of(REALM, DIGESTS, SHORTEST, LONGEST, PHONES_PER_AGENT, TRIES))
            .shown(DaemonConfig::registrar);

    public static final Key<PhoneConfig, String> USER = Key.of(
                    "user", Types.NAME, "what the phone registers as; default: the agent's name")
            .shown(PhoneConfig::user);
    public static final Key<PhoneConfig, String> PASSWORD = Key.of(
                    "password",
                    ScalarType.SECRET,
                    "at least 8 characters; secrets: env:NAME, file:PATH (its first line), or the text itself")
            .required("")
            .shownAs(PhoneConfig::password);
    public static final Section<AgentConfig, PhoneConfig> PHONE = Section.of(
                    "phone", "instead of address, for a phone that registers here", List.of(USER, PASSWORD))
            .shown(AgentConfig::phone);

    private PhoneKeys() {}
}
