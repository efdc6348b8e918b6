package org.paceline.daemon.config.read;

import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.PhoneConfig;
import org.paceline.daemon.config.RegistrarConfig;
import org.paceline.daemon.config.Secret;
import org.paceline.daemon.config.key.FloorKeys;
import org.paceline.daemon.config.key.PhoneKeys;
import org.paceline.sip.auth.DigestAlgorithm;
import org.paceline.sip.line.PhoneWay;
import org.paceline.sip.stack.Transport;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.key.Bounds;

/** Reads where agents' phones are: {@code registrar}, and each agent's {@code address} or {@code phone}. */
final class PhoneReader {
    private static final int SHORTEST_PASSWORD = 8;
    private static final String NOBODY = "sip:nobody@localhost";
    private static final List<DigestAlgorithm> USUAL = List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);

    private final String realm;
    private final SecretSource secrets;
    private final List<Transport> transports;
    private final Map<String, Integer> lineOfUser = new HashMap<>();

    /**
     * @param realm of the registrar
     * @param transports of the node
     */
    PhoneReader(String realm, SecretSource secrets, List<Transport> transports) {
        this.realm = realm;
        this.transports = transports;
        this.secrets = secrets;
    }

    static RegistrarConfig registrar(YamlMap registrar) {
        Duration shortest = PhoneKeys.SHORTEST.of(registrar);
        return new RegistrarConfig(
                PhoneKeys.REALM.of(registrar),
                PhoneKeys.DIGESTS
                        .in(registrar)
                        .must(digests -> !digests.isEmpty(), "a list of sha-256, sha-512-256 or md5, at least one")
                        .orElse(USUAL),
                shortest,
                PhoneKeys.LONGEST
                        .within(Bounds.of(
                                "a duration from shortest, which is " + shortest.toSeconds() + "s, to 24h",
                                longest -> longest.compareTo(shortest) >= 0
                                        && longest.compareTo(Duration.ofHours(24)) <= 0))
                        .of(registrar),
                PhoneKeys.PHONES_PER_AGENT.of(registrar),
                PhoneKeys.TRIES.of(registrar));
    }

    /** Returns what the agent's phones register with, or null. */
    @Nullable
    PhoneConfig phone(YamlMap agent, String name) {
        YamlMap phone = PhoneKeys.PHONE.orNull(agent);
        if (phone == null) {
            return null;
        }
        Field<String> user = PhoneKeys.USER.in(phone);
        String registered = user.orElse(name);
        Integer earlier = lineOfUser.putIfAbsent(registered, user.place().line());
        if (earlier != null) {
            user.place()
                    .problem("'" + registered + "' is the user of line " + earlier + " too; give each agent its own");
        }
        Field<String> password = PhoneKeys.PASSWORD.in(phone);
        Secret secret = secrets.required(password);
        if (!secret.isEmpty() && secret.length() < SHORTEST_PASSWORD) {
            password.place()
                    .problem("has " + secret.length() + " characters: must have at least " + SHORTEST_PASSWORD
                            + ", for example from 'openssl rand -hex 16'");
        }
        return new PhoneConfig(registered, secret);
    }

    /** Returns the URI at which the agent's phone is called, or is registered. */
    String address(YamlMap agent, @Nullable PhoneConfig phone) {
        Field<String> address = FloorKeys.ADDRESS.in(agent);
        if (phone == null) {
            if (!address.isWritten()) {
                address.place()
                        .problem("is missing: must be a SIP URI, for example sip:alice@192.0.2.7:5060; or write 'phone'"
                                + " for a phone that registers here");
            }
            refuseOtherTransport(address);
            return address.orElse(NOBODY);
        }
        if (address.isWritten()) {
            address.place()
                    .problem("stands beside 'phone': keep 'address' for a phone at a fixed address, or 'phone' for one"
                            + " that registers here");
        }
        return "sip:" + phone.user() + "@" + realm;
    }

    private void refuseOtherTransport(Field<String> address) {
        String uri = address.orNull();
        if (uri == null) {
            return;
        }
        try {
            Transport transport = PhoneWay.transport(uri);
            if (!transports.contains(transport)) {
                address.place()
                        .problem("is reached by " + transport.word()
                                + ", which sip.transports does not name: must be one" + " of "
                                + TlsReader.words(transports));
            }
        } catch (ParseException e) {
            address.place().problem(String.valueOf(e.getMessage()));
        }
    }
}
