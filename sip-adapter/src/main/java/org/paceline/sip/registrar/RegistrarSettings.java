package org.paceline.sip.registrar;

import java.util.List;
import org.paceline.sip.auth.DigestAlgorithm;

/**
 * The settings of the registrar.
 *
 * @param realm what phones show in their digests
 * @param algorithms of digests, the best first; at least one
 * @param leastSeconds the shortest registration; whoever asks for less is told so (423)
 * @param mostSeconds the longest; whoever asks for more gets this
 * @param phonesPerAgent how many phones an agent may have; the oldest makes room for one more
 * @param tries how many wrong passwords begin a wait
 * @param accounts of agents whose phones register; no two with the same user or agent
 */
public record RegistrarSettings(
        String realm,
        List<DigestAlgorithm> algorithms,
        int leastSeconds,
        int mostSeconds,
        int phonesPerAgent,
        int tries,
        List<PhoneAccount> accounts) {

    /** Nobody registers. */
    public static final RegistrarSettings NONE = new RegistrarSettings(
            "paceline", List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5), 60, 3_600, 4, 5, List.of());

    public RegistrarSettings {
        if (leastSeconds < 1 || mostSeconds < leastSeconds) {
            throw new IllegalArgumentException(
                    "leastSeconds=" + leastSeconds + " mostSeconds=" + mostSeconds + ": must be 1 ≤ least ≤ most");
        }
        if (phonesPerAgent < 1) {
            throw new IllegalArgumentException("phonesPerAgent=" + phonesPerAgent + ": must be at least 1");
        }
        algorithms = List.copyOf(algorithms);
        accounts = List.copyOf(accounts);
    }

    public RegistrarSettings withAccounts(List<PhoneAccount> registered) {
        return new RegistrarSettings(realm, algorithms, leastSeconds, mostSeconds, phonesPerAgent, tries, registered);
    }
}
