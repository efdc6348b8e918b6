package org.paceline.daemon.config.read;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.DepartmentConfig;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.config.key.PacingKeys;
import org.paceline.daemon.config.key.Types;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallTerms;
import org.paceline.dialer.campaign.CallbackTerms;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.campaign.Dispositions;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignStanding.ApprovalState;
import org.paceline.rules.NumberRange;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;
import org.paceline.rules.policy.Policy;
import org.paceline.rules.policy.PolicyLibrary;
import org.paceline.sip.audio.WavAudio;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.Field;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlFile;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlNode;
import org.paceline.yaml.YamlText;

/** Reads one campaign file against the node's trunks. What is missing takes the default that stands here. */
public final class CampaignReader {
    private static final ScalarType<String> POLICY =
            new ScalarType<>("the id of a policy, for example [us-federal]", text -> text);

    /** What comes when a wrap-up has lasted as long as it may. */
    private enum AfterWrapUp {
        READY,
        SHOW
    }

    private final Path file;
    private final YamlMap root;
    private final DaemonConfig daemon;
    private final PolicyLibrary library;

    private CampaignReader(Path file, YamlMap root, DaemonConfig daemon, PolicyLibrary library) {
        this.file = file;
        this.root = root;
        this.daemon = daemon;
        this.library = library;
    }

    /** Null where there is a problem with the file. */
    public static @Nullable CampaignConfig read(
            Path file, DaemonConfig daemon, PolicyLibrary library, ConfigProblems problems) {
        ConfigProblems own = new ConfigProblems();
        YamlMap root = YamlFile.read(file, own);
        boolean unreadable = root.keys().isEmpty() && !own.isEmpty();
        CampaignConfig campaign = unreadable ? null : new CampaignReader(file, root, daemon, library).campaign(own);
        own.list().forEach(problems::add);
        return own.isEmpty() ? campaign : null;
    }

    private @Nullable CampaignConfig campaign(ConfigProblems problems) {
        String name = root.value("name", Types.NAME).required("unnamed");
        CampaignConfig.Approval approval = approval(root.section("approval"));
        List<Policy> policies = policies();
        List<TrunkId> trunks = trunks();
        CampaignRules rules =
                shared(CampaignRules.read(root, name, daemon.node().zone()));
        refuseBudgetWithoutTariff(rules.budget(), trunks);
        long callerId = callerId(trunks, rules.allottedCallerIds());
        PacingSettings pacing = PacingReader.read(PacingKeys.SECTION.in(root), PacingKeys.DEFAULT);
        Duration ringLimit = root.duration("ring-limit")
                .must(Types.from(Duration.ofSeconds(5), Duration.ofMinutes(3)), "a duration from 5s to 3m")
                .orElse(Duration.ofSeconds(30));
        AgentTerms agents = agents();
        CallTerms calls = new CallTerms(matter(), dispositions(), callbacks(root.section("callbacks")));
        AgentDemands demands = demands();
        DailyTarget dailyTarget = DailyTargetReader.read(root.section("daily-target"), daemon.dailyTarget());
        RetryPlan retries = RetryReader.read(root.section("retries"));
        Double followUpShare = root.section("list-mix").percent("follow-up").orNull();
        Announcement recordingNotice = sound("recording-notice");
        Announcement abandonmentMessage = sound("abandonment-message");
        ScriptFile script = script();
        refuseRecordingWithoutFolder(rules, policies);
        root.refuseUnknownKeys();
        if (!problems.isEmpty()) {
            return null;
        }
        CampaignSettings settings = new CampaignSettings(
                new CampaignId(name),
                CampaignCompiler.standing(approval, daemon.node().zone()),
                RuleBooks.compile(policies, rules),
                retries,
                pacing,
                rules.budget(),
                callerId,
                trunks,
                ringLimit.toMillis(),
                agents,
                calls,
                demands,
                CampaignCompiler.recording(rules, policies),
                recordingNotice,
                abandonmentMessage,
                script == null ? null : script.toScript());
        refuseShortRing(settings);
        return new CampaignConfig(
                file,
                settings,
                approval,
                policies.stream().map(Policy::id).toList(),
                rules,
                dailyTarget,
                followUpShare,
                script);
    }

    private static CampaignConfig.Approval approval(YamlMap approval) {
        ApprovalState state = approval.choice("state", ApprovalState.class).required(ApprovalState.DRAFT);
        Field<String> by = approval.text("by");
        Field<LocalDate> until = approval.date("until");
        LocalDate from = approval.date("from").orNull();
        if (from != null) {
            until = until.must(day -> !day.isBefore(from), "a day not before " + from);
        }
        if ((state == ApprovalState.APPROVED || state == ApprovalState.RUNNING) && !by.isWritten()) {
            by.place().problem("is missing: must name who approved it, as the state is " + ScalarType.written(state));
        }
        return new CampaignConfig.Approval(state, by.orNull(), from, until.orNull());
    }

    private List<Policy> policies() {
        Field<List<String>> field =
                root.values("policies", POLICY).must(names -> !names.isEmpty(), "a list of at least one policy");
        return library.find(field.required(List.of()), field.place()::problem);
    }

    private List<TrunkId> trunks() {
        Field<List<String>> field =
                root.values("trunks", Types.NAME).must(names -> !names.isEmpty(), "a list of at least one trunk");
        List<TrunkId> trunks = new ArrayList<>();
        for (String name : field.required(List.of())) {
            TrunkId trunk = new TrunkId(name);
            if (daemon.trunk(trunk) == null) {
                field.place().problem("no trunk '" + name + "' in " + daemon.file() + "; there: " + trunkNames());
            } else if (trunks.contains(trunk)) {
                field.place().problem("has trunk '" + name + "' twice; keep one");
            } else {
                trunks.add(trunk);
            }
        }
        return trunks;
    }

    /** A campaign of a department pays out of the department's budget. */
    private CampaignRules shared(CampaignRules rules) {
        Field<String> field = root.value("department", Types.NAME);
        String name = field.orNull();
        if (name == null) {
            return rules;
        }
        YamlNode month = root.section("budget").node("month");
        if (month != null) {
            month.problem("stands beside department '" + name + "', whose budget pays: keep one of the two");
        }
        DepartmentConfig department = daemon.department(name);
        if (department == null) {
            field.place()
                    .problem("no department '" + name + "' in " + daemon.file() + "; there "
                            + (daemon.departments().isEmpty() ? "are none" : "are " + departmentNames()));
            return rules;
        }
        return rules.withBudget(new Budget(
                "department:" + name,
                department.limitMicros(),
                rules.budget().reserveMillis(),
                daemon.file().toString()));
    }

    private String departmentNames() {
        return String.join(
                ", ", daemon.departments().stream().map(DepartmentConfig::name).toList());
    }

    private void refuseBudgetWithoutTariff(Budget budget, List<TrunkId> trunks) {
        if (!budget.isLimited()) {
            return;
        }
        for (TrunkId id : trunks) {
            TrunkConfig trunk = daemon.trunk(id);
            if (trunk != null && trunk.tariff() == null) {
                root.list("trunks")
                        .place()
                        .problem("has '" + id + "', which has no tariff in " + daemon.file()
                                + ": the campaign has a budget, so what its calls cost must be known");
            }
        }
    }

    private String trunkNames() {
        return String.join(
                ", ", daemon.trunks().stream().map(trunk -> trunk.id().value()).toList());
    }

    private long callerId(List<TrunkId> trunks, List<NumberRange> allotted) {
        Field<Long> field = root.e164("caller-id");
        long callerId = field.required(0L);
        if (field.orNull() == null) {
            return callerId;
        }
        if (!allotted.isEmpty() && allotted.stream().noneMatch(range -> range.contains(callerId))) {
            field.place().problem("+" + callerId + " is not allotted: must be within caller-ids " + allotted);
        }
        for (TrunkId id : trunks) {
            TrunkConfig trunk = daemon.trunk(id);
            if (trunk != null && !trunk.accepts(callerId)) {
                field.place()
                        .problem("+" + callerId + " is not accepted by trunk '" + id + "', which takes "
                                + trunk.callerIds());
            }
        }
        return callerId;
    }

    private AgentTerms agents() {
        Duration wrapUp = root.duration("wrap-up")
                .must(Types.from(Duration.ZERO, Duration.ofHours(1)), "a duration up to 1h")
                .orElse(Duration.ofSeconds(30));
        AfterWrapUp after = root.choice("after-wrap-up", AfterWrapUp.class).orElse(AfterWrapUp.READY);
        YamlMap talk = root.section("talk-limit");
        Duration warn = limit(talk.duration("warn"));
        Field<Duration> end = talk.duration("end");
        if (!warn.isZero()) {
            end = end.must(limit -> limit.compareTo(warn) > 0, "longer than warn, " + YamlText.duration(warn));
        }
        return new AgentTerms(
                wrapUp.toMillis(),
                after == AfterWrapUp.SHOW,
                warn.toMillis(),
                limit(end).toMillis(),
                root.section("agent-ring")
                        .duration("limit")
                        .must(Types.from(Duration.ofSeconds(1), Duration.ofMinutes(1)), "a duration from 1s to 1m")
                        .orElse(Duration.ofMillis(AgentTerms.USUAL_RING_MILLIS))
                        .toMillis());
    }

    private static CallbackTerms callbacks(YamlMap callbacks) {
        return new CallbackTerms(
                within4Hours(callbacks.duration("personal-grace"), CallbackTerms.DEFAULT.personalGraceMillis()),
                within4Hours(callbacks.duration("on-time"), CallbackTerms.DEFAULT.onTimeMillis()));
    }

    private static long within4Hours(Field<Duration> field, long otherwiseMillis) {
        return field.must(Types.from(Duration.ZERO, Duration.ofHours(4)), "a duration up to 4h")
                .orElse(Duration.ofMillis(otherwiseMillis))
                .toMillis();
    }

    private @Nullable String matter() {
        return root.text("matter")
                .must(
                        text -> text.length() <= 500 && text.chars().noneMatch(Character::isISOControl),
                        "one line of at most 500 characters")
                .orNull();
    }

    private Dispositions dispositions() {
        Names names = new Names("disposition");
        return new Dispositions(root.maps("dispositions").stream()
                .map(entry -> new Disposition(
                        names.read(entry),
                        entry.choice("means", Disposition.Meaning.class).orElse(Disposition.Meaning.NOTHING)))
                .toList());
    }

    private AgentDemands demands() {
        return new AgentDemands(
                root.section("qualification").flag("required").orElse(false),
                new LinkedHashSet<>(root.values("skills", Types.NAME).orElse(List.of())));
    }

    private static Duration limit(Field<Duration> field) {
        return field.must(Types.from(Duration.ofSeconds(1), Duration.ofHours(4)), "a duration from 1s to 4h")
                .orElse(Duration.ZERO);
    }

    private void refuseRecordingWithoutFolder(CampaignRules rules, List<Policy> policies) {
        if (daemon.media().recordings() != null) {
            return;
        }
        String missing = "but media.recordings in " + daemon.file() + " names no folder for recordings";
        if (rules.recording() != RecordingDirective.NEVER) {
            root.choice("recording", RecordingDirective.class)
                    .place()
                    .problem("is " + ScalarType.written(rules.recording()) + ", " + missing);
        }
        for (Policy policy : policies) {
            if (policy.duties().recording() != null) {
                root.list("policies").place().problem(policy.id() + " demands recordings, " + missing);
            }
        }
    }

    private void refuseShortRing(CampaignSettings settings) {
        long least = settings.rules().minimumRingMillis();
        if (settings.ringLimitMillis() < least) {
            Field<Duration> field = root.duration("ring-limit");
            field.place()
                    .problem("must be at least " + YamlText.duration(Duration.ofMillis(least)) + ", as "
                            + longestRing(settings).citation() + " demands; is "
                            + YamlText.duration(Duration.ofMillis(settings.ringLimitMillis())));
        }
    }

    private static AbandonmentTerms longestRing(CampaignSettings settings) {
        return Collections.max(
                settings.rules().abandonments(), Comparator.comparingLong(AbandonmentTerms::minimumRingMillis));
    }

    private @Nullable Announcement sound(String key) {
        Field<String> field = root.text(key);
        String name = field.orNull();
        if (name == null) {
            return null;
        }
        Path sound = beside(name);
        try {
            WavAudio.check(sound);
        } catch (IOException e) {
            field.place().problem(String.valueOf(e.getMessage()));
        }
        return new Announcement(sound.toString());
    }

    private @Nullable ScriptFile script() {
        YamlMap section = root.map("script").orNull();
        if (section == null) {
            return null;
        }
        Field<String> name = section.text("file");
        Path text = beside(name.required("script.txt"));
        String version = section.text("version")
                .must(
                        id -> !id.isBlank() && id.length() <= ScriptFile.LONGEST_VERSION,
                        "1 to " + ScriptFile.LONGEST_VERSION + " characters")
                .required("1");
        Field<String> approved = section.value("sha256", ScriptFile.SHA_256);
        if (!name.isWritten()) {
            return null;
        }
        try {
            ScriptFile script = ScriptFile.read(text, version, approved.orElse(""));
            if (!approved.isWritten()) {
                approved.place()
                        .problem("is missing: must be the SHA-256 of the approved text; that of " + text + " is now "
                                + script.sha256());
            }
            return script;
        } catch (IOException e) {
            name.place().problem(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Path beside(String name) {
        Path parent = file.getParent();
        return (parent == null ? Path.of("") : parent).resolve(name).normalize();
    }
}
