package org.paceline.daemon.run;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.AccountConfig;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.DatabaseConfig;
import org.paceline.daemon.config.MediaConfig;
import org.paceline.daemon.config.PhoneConfig;
import org.paceline.daemon.config.RegistrarConfig;
import org.paceline.daemon.config.SipConfig;
import org.paceline.daemon.config.SipTlsConfig;
import org.paceline.daemon.config.TeamConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.dialer.agent.FloorTerms;
import org.paceline.dialer.agent.Team;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.sip.SipSettings;
import org.paceline.sip.SipTransports;
import org.paceline.sip.auth.Credentials;
import org.paceline.sip.media.MediaAddress;
import org.paceline.sip.media.MediaSettings;
import org.paceline.sip.registrar.PhoneAccount;
import org.paceline.sip.registrar.RegistrarSettings;
import org.paceline.sip.tls.TlsFiles;
import org.paceline.sip.tls.TlsServer;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.sip.trunk.TrunkAccount;
import org.paceline.sip.trunk.TrunkAddress;

/** Makes the settings of each part from the configuration. */
public final class Settings {

    private Settings() {}

    public static DatabaseSettings database(DaemonConfig config) {
        DatabaseConfig database = config.database();
        return new DatabaseSettings(
                url(database),
                database.user(),
                database.password().reveal(),
                database.connections(),
                database.durability());
    }

    /**
     * Returns a file for logs of this node: beside the embedded database with the database's name, else with the node's
     * name.
     */
    static Path log(DaemonConfig config, String suffix) {
        DatabaseConfig database = config.database();
        Path file = database.file();
        String name = file == null ? config.node().name() : String.valueOf(file.getFileName());
        return database.logFolder().resolve(name + suffix);
    }

    private static String url(DatabaseConfig database) {
        String url = database.url();
        Path file = database.file();
        if (url != null) {
            return url;
        }
        if (file == null) {
            throw new IllegalArgumentException("database: neither file nor url is set");
        }
        return "jdbc:h2:" + file.toAbsolutePath();
    }

    static SipSettings sip(DaemonConfig config) {
        SipConfig sip = config.sip();
        MediaConfig media = config.media();
        InetAddress advertised = sip.advertised();
        InetAddress mediaHost = media.host();
        return new SipSettings(
                sip.host(),
                advertised == null ? null : advertised.getHostAddress(),
                sip.port(),
                transports(sip),
                sip.userAgent(),
                sip.callerIdHost(),
                sip.nameServers(),
                trunkAddresses(config),
                new MediaSettings(
                        media.firstPort(),
                        media.lastPort(),
                        media.recordings(),
                        media.silenceTimeout().toMillis(),
                        media.phoneTimeout().toMillis(),
                        new MediaAddress(mediaHost == null ? null : mediaHost.getHostAddress(), media.advertised())),
                registrar(config),
                sip.traceBytes());
    }

    private static RegistrarSettings registrar(DaemonConfig config) {
        RegistrarConfig registrar = config.registrar();
        return new RegistrarSettings(
                registrar.realm(),
                registrar.digests(),
                Math.toIntExact(registrar.shortest().toSeconds()),
                Math.toIntExact(registrar.longest().toSeconds()),
                registrar.phonesPerAgent(),
                registrar.tries(),
                phoneAccounts(config));
    }

    static List<PhoneAccount> phoneAccounts(DaemonConfig config) {
        List<PhoneAccount> accounts = new ArrayList<>();
        for (AgentConfig agent : config.agents()) {
            PhoneConfig phone = agent.phone();
            if (phone != null) {
                accounts.add(new PhoneAccount(
                        agent.id(), phone.user(), phone.password().reveal()));
            }
        }
        return accounts;
    }

    static List<TrunkAddress> trunkAddresses(DaemonConfig config) {
        return config.trunks().stream()
                .map(trunk -> new TrunkAddress(
                        trunk.id(),
                        trunk.hosts(),
                        trunk.probe(),
                        trunk.probeInterval().toMillis(),
                        trunk.failoverAfter().toMillis(),
                        trunk.match(),
                        trunk.redirects(),
                        trunk.extensions(),
                        trunk.identity(),
                        account(trunk.account())))
                .toList();
    }

    private static SipTransports transports(SipConfig sip) {
        SipTlsConfig tls = sip.tls();
        TlsFiles own = tls.own();
        return new SipTransports(
                Set.copyOf(sip.transports()),
                tls.port(),
                own == null || !tls.listen() ? null : new TlsServer(own, tls.clients()),
                new TlsTerms(tls.trust(), own, TlsTerms.Check.FULL));
    }

    private static @Nullable TrunkAccount account(@Nullable AccountConfig account) {
        if (account == null) {
            return null;
        }
        String realm = account.realm();
        return new TrunkAccount(
                new Credentials(account.user(), account.password().reveal(), realm == null ? "" : realm),
                account.register()
                        ? new TrunkAccount.Registration(
                                account.domain(),
                                Math.toIntExact(account.expires().toSeconds()))
                        : null);
    }

    static FloorTerms floor(DaemonConfig config) {
        return new FloorTerms(
                config.floor().pauseCodes(),
                config.teams().stream().map(team -> team(config, team)).toList(),
                config.agents().stream().collect(Collectors.toMap(AgentConfig::id, AgentConfig::skills)),
                config.floor().breakTime().toMillis(),
                config.floor().signInLimit().toMillis(),
                config.floor().lineGrace().toMillis());
    }

    private static Team team(DaemonConfig config, TeamConfig team) {
        Integer onBreakAtMost = team.onBreakAtMost();
        return new Team(
                team.name(),
                onBreakAtMost == null ? Integer.MAX_VALUE : onBreakAtMost,
                config.agents().stream()
                        .filter(agent -> team.name().equals(agent.team()))
                        .map(AgentConfig::id)
                        .toList());
    }

    static TrunkSettings trunk(TrunkConfig trunk) {
        return new TrunkSettings(
                trunk.id(),
                trunk.channels(),
                trunk.reservedChannels(),
                trunk.callsPerSecond(),
                trunk.priority(),
                trunk.tariff());
    }
}
