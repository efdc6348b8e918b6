package org.paceline.daemon.config.show;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.ApiConfig;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.DatabaseConfig;
import org.paceline.daemon.config.FloorConfig;
import org.paceline.daemon.config.MediaConfig;
import org.paceline.daemon.config.NodeConfig;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.config.SipConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.config.key.PacingKeys;
import org.paceline.daemon.database.JdbcUrls;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.CallbackTerms;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.Budget;
import org.paceline.rules.Money;
import org.paceline.rules.ScriptState;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.policy.Cap;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlText;

/** The configuration in force, defaults included and secrets masked, in the notation of its files. */
public final class EffectiveConfig {

    private EffectiveConfig() {}

    /** The node's part. */
    public static String of(DaemonConfig config) {
        YamlText yaml = new YamlText();
        NodeConfig node = config.node();
        yaml.section(
                "node",
                () -> yaml.line("name", node.name())
                        .line("zone", node.zone())
                        .line("currency", node.currency())
                        .line("drain-limit", node.drainLimit())
                        .line("lease", node.lease()));
        DatabaseConfig database = config.database();
        yaml.section(
                "database",
                () -> yaml.line(
                                database.url() == null ? "file" : "url",
                                database.url() == null ? database.file() : JdbcUrls.masked(database.url()))
                        .line("user", database.user())
                        .line("password", database.password().isEmpty() ? null : database.password())
                        .line("connections", database.connections())
                        .line("durability", database.durability())
                        .line("log-folder", database.logFolder())
                        .line("recovery-limit", database.recoveryLimit()));
        SipConfig sip = config.sip();
        yaml.section(
                "sip",
                () -> yaml.line("host", sip.host())
                        .line("port", sip.port())
                        .line("caller-id-host", sip.callerIdHost())
                        .line("user-agent", sip.userAgent()));
        yaml.section("trunks", () -> config.trunks().forEach(trunk -> yaml.element(() -> trunk(yaml, trunk))));
        if (!config.departments().isEmpty()) {
            yaml.section(
                    "departments",
                    () -> config.departments()
                            .forEach(department -> yaml.element(() -> yaml.line("name", department.name())
                                    .section(
                                            "budget",
                                            () -> yaml.line("month", Money.decimal(department.limitMicros()))))));
        }
        MediaConfig media = config.media();
        yaml.section(
                "media",
                () -> yaml.line("first-port", media.firstPort())
                        .line("last-port", media.lastPort())
                        .line("recordings", media.recordings())
                        .line("silence-timeout", media.silenceTimeout())
                        .line("phone-timeout", media.phoneTimeout()));
        yaml.section("floor", () -> floor(yaml, config.floor()));
        if (!config.teams().isEmpty()) {
            yaml.section(
                    "teams",
                    () -> config.teams()
                            .forEach(team -> yaml.element(() -> yaml.line("name", team.name())
                                    .line("leader", team.leader())
                                    .line("on-break-at-most", team.onBreakAtMost()))));
        }
        if (!config.agents().isEmpty()) {
            yaml.section("agents", () -> config.agents().forEach(agent -> yaml.element(() -> agent(yaml, agent))));
        }
        yaml.section("api", () -> api(yaml, config.api()));
        dailyTarget(yaml, config.dailyTarget());
        yaml.section(
                "complaints",
                () -> yaml.line("owner", config.complaints().owner())
                        .line("due", config.complaints().due()));
        return yaml.line("campaigns", config.campaigns())
                .line("policies", config.policies())
                .toString();
    }

    private static void trunk(YamlText yaml, TrunkConfig trunk) {
        yaml.line("name", trunk.id())
                .line("host", trunk.host())
                .line("port", trunk.port())
                .line("channels", trunk.channels())
                .line("reserved-channels", trunk.reservedChannels())
                .line("calls-per-second", trunk.callsPerSecond())
                .line("caller-ids", trunk.callerIds())
                .line("priority", trunk.priority())
                .line("probe", trunk.probe())
                .line("probe-interval", trunk.probeInterval())
                .line(
                        "redirects",
                        trunk.redirects().stream()
                                .map(InetAddress::getHostAddress)
                                .toList());
        Tariff tariff = trunk.tariff();
        if (tariff == null) {
            yaml.line("tariff", null);
        } else {
            yaml.section(
                    "tariff",
                    () -> new TreeMap<>(tariff.rates())
                            .forEach((prefix, rate) -> yaml.element(() -> rate(yaml, prefix, rate))));
        }
    }

    private static void rate(YamlText yaml, long prefix, Tariff.Rate rate) {
        yaml.line("prefix", prefix == Tariff.ANY ? "+" : "+" + prefix)
                .line("per-minute", Money.decimal(rate.perMinuteMicros()))
                .line("connection", Money.decimal(rate.connectionMicros()))
                .line(
                        "increment",
                        YamlText.duration(Duration.ofMillis(rate.firstMillis())) + "/"
                                + YamlText.duration(Duration.ofMillis(rate.nextMillis())));
    }

    private static void floor(YamlText yaml, FloorConfig floor) {
        if (!floor.pauseCodes().isEmpty()) {
            yaml.section(
                    "pause-codes",
                    () -> floor.pauseCodes()
                            .forEach(code -> yaml.element(() -> yaml.line("code", code.code())
                                    .line("length", limit(code.lengthMillis()))
                                    .line("break", code.isBreak()))));
        }
        yaml.line("break-time", limit(floor.breakTime().toMillis()))
                .line("sign-in-limit", floor.signInLimit())
                .line("line-grace", floor.lineGrace());
    }

    private static void agent(YamlText yaml, AgentConfig agent) {
        yaml.line("name", agent.id())
                .line("address", agent.address().uri())
                .line("line", agent.address().line())
                .line("team", agent.team())
                .line("skills", agent.skills())
                .line(
                        "campaigns",
                        agent.campaigns().stream().map(CampaignId::value).toList())
                .line("token", agent.token());
    }

    private static void api(YamlText yaml, ApiConfig api) {
        yaml.line("host", api.host()).line("port", api.port());
        if (!api.supervisors().isEmpty()) {
            yaml.section(
                    "supervisors",
                    () -> api.supervisors()
                            .forEach(supervisor -> yaml.element(
                                    () -> yaml.line("name", supervisor.name()).line("token", supervisor.token()))));
        }
        if (!api.leaders().isEmpty()) {
            yaml.section(
                    "leaders",
                    () -> api.leaders()
                            .forEach(leader -> yaml.element(
                                    () -> yaml.line("name", leader.name()).line("token", leader.token()))));
        }
    }

    /** A campaign. */
    public static String of(CampaignConfig config) {
        YamlText yaml = new YamlText();
        CampaignSettings settings = config.settings();
        CampaignConfig.Approval approval = config.approval();
        yaml.line("name", config.id());
        yaml.section(
                "approval",
                () -> yaml.line("state", approval.state())
                        .line("by", approval.by())
                        .line("from", approval.from())
                        .line("until", approval.until()));
        yaml.line("policies", config.policies())
                .line("caller-id", "+" + settings.callerId())
                .line("caller-ids", config.rules().allottedCallerIds())
                .line("trunks", settings.trunks().stream().map(TrunkId::value).toList());
        yaml.section("pacing", () -> PacingKeys.SECTION.showAll(yaml, settings.pacing()));
        yaml.line("ring-limit", Duration.ofMillis(settings.ringLimitMillis()))
                .line("wrap-up", Duration.ofMillis(settings.agents().wrapUpMillis()))
                .line("after-wrap-up", settings.agents().wrapUpStays() ? "show" : "ready");
        yaml.section(
                "qualification", () -> yaml.line("required", settings.demands().qualification()));
        yaml.line("skills", settings.demands().skills());
        yaml.section(
                "talk-limit",
                () -> yaml.line("warn", limit(settings.agents().talkWarnMillis()))
                        .line("end", limit(settings.agents().talkEndMillis())));
        yaml.section(
                "agent-ring",
                () -> yaml.line("limit", Duration.ofMillis(settings.agents().ringMillis())));
        yaml.line("matter", settings.calls().matter());
        CallbackTerms callbacks = settings.calls().callbacks();
        yaml.section(
                "callbacks",
                () -> yaml.line("personal-grace", Duration.ofMillis(callbacks.personalGraceMillis()))
                        .line("on-time", Duration.ofMillis(callbacks.onTimeMillis())));
        dailyTarget(yaml, config.dailyTarget());
        if (settings.calls().dispositions().list().isEmpty()) {
            yaml.line("dispositions", null);
        } else {
            yaml.section(
                    "dispositions",
                    () -> settings.calls()
                            .dispositions()
                            .list()
                            .forEach(disposition -> yaml.element(
                                    () -> yaml.line("name", disposition.name()).line("means", disposition.meaning()))));
        }
        yaml.section("retries", () -> {
            yaml.line("max-attempts", settings.retries().maxAttempts());
            yaml.section("after", () -> {
                for (Outcome outcome : Outcome.values()) {
                    Long delay = settings.retries().delayMillis().get(outcome);
                    yaml.line(ScalarType.written(outcome), delay == null ? "never" : Duration.ofMillis(delay));
                }
            });
        });
        rules(yaml, config.rules());
        yaml.section("list-mix", () -> yaml.line("follow-up", percent(config.followUpShare())));
        yaml.line("recording", config.rules().recording())
                .line("recording-notice", file(settings.recordingNotice()))
                .line("abandonment-message", file(settings.abandonmentMessage()));
        ScriptFile script = config.script();
        if (script != null) {
            yaml.section(
                    "script",
                    () -> yaml.line("file", script.file())
                            .line("version", script.version())
                            .line("sha256", script.approvedSha256()));
            if (script.state() == ScriptState.ALTERED) {
                yaml.comment("script: altered, its sha256 is now " + script.sha256() + "; every dial is refused");
            }
        }
        return yaml.toString();
    }

    private static @Nullable String file(@Nullable Announcement sound) {
        return sound == null ? null : sound.file();
    }

    private static void dailyTarget(YamlText yaml, DailyTarget target) {
        yaml.section(
                "daily-target",
                () -> yaml.line("calls", target.calls())
                        .line("new", target.fresh())
                        .line("follow-up", target.followUp())
                        .line("valid-after", target.validAfter()));
    }

    private static @Nullable String percent(@Nullable Double ratio) {
        return ratio == null
                ? null
                : BigDecimal.valueOf(ratio)
                                .movePointRight(2)
                                .stripTrailingZeros()
                                .toPlainString() + "%";
    }

    private static @Nullable Duration limit(long millis) {
        return millis == 0 ? null : Duration.ofMillis(millis);
    }

    /** The campaign's own rules, in the words of the judge; they are written in several sections of the file. */
    private static void rules(YamlText yaml, CampaignRules rules) {
        CallingHours hours = rules.hours();
        if (hours != null) {
            yaml.comment("hours: " + hours.figure());
            if (!hours.quiet().isEmpty()) {
                yaml.comment("hours, quiet: " + hours.quietFigure());
            }
            if (hours.holidays() != null) {
                yaml.comment("holidays: " + hours.holidays().figure());
            }
        }
        for (Cap cap : rules.caps()) {
            yaml.comment("caps: " + written(cap));
        }
        if (rules.classOfService() != null) {
            yaml.comment("class-of-service: "
                    + ScalarType.written(rules.classOfService().granted()) + ", home +"
                    + String.join(" +", rules.classOfService().home()));
        }
        rules.grades().forEach((grade, plan) -> yaml.comment("grade " + grade + ": " + plan.attempts() + " attempts"));
        Budget budget = rules.budget();
        if (budget.isLimited()) {
            yaml.comment("budget: " + Money.text(budget.limitMicros()) + " a month of " + budget.holder() + ", "
                    + YamlText.duration(Duration.ofMillis(budget.reserveMillis())) + " reserved for an attempt");
        }
        if (rules.leadNameRequired() != null) {
            yaml.comment("list: leads must have a name");
        }
        if (!rules.blocked().isEmpty()) {
            yaml.comment("blocked: " + rules.blocked().prefixes() + " "
                    + rules.blocked().kinds());
        }
        AbandonmentTerms terms = rules.abandonment();
        if (terms != null) {
            yaml.comment("abandonment: at most " + terms.limitRatio() * 100 + "%, connected within "
                    + YamlText.duration(Duration.ofMillis(terms.connectWithinMillis())));
        }
    }

    private static String written(Cap cap) {
        return switch (cap) {
            case Cap.NumberDay day -> "a number " + day.atMost() + " a day";
            case Cap.NumberRolling rolling ->
                "a number " + rolling.atMost() + " in " + YamlText.duration(rolling.period());
            case Cap.NumberGap gap -> "a number again after " + YamlText.duration(gap.least());
            case Cap.AgentDay agent -> "an agent " + agent.atMost() + " a day";
            case Cap.CampaignDay day -> "the campaign " + day.atMost() + " a day";
            case Cap.NumberInCampaign number -> "a number " + number.atMost() + " in the campaign";
            case Cap.GapAfter gap ->
                "a number " + YamlText.duration(gap.least()) + " after a "
                        + ScalarType.written(gap.happening()).replace('-', ' ');
        };
    }
}
