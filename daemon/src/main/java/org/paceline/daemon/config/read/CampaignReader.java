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
import org.paceline.daemon.config.key.CampaignKeys;
import org.paceline.daemon.config.key.CampaignKeys.AfterWrapUp;
import org.paceline.daemon.config.key.CommonKeys;
import org.paceline.daemon.config.key.PacingKeys;
import org.paceline.daemon.config.key.RetryKeys;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallTerms;
import org.paceline.dialer.campaign.CallbackTerms;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.campaign.Dispositions;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.book.CampaignRuleKeys;
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
import org.paceline.yaml.key.Key;

/** Reads one campaign file against the node's trunks. A missing value takes the default given here. */
public final class CampaignReader {
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

    /** Reads a campaign; returns null where there is a problem with the file. */
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
        String name = CommonKeys.NAME.of(root);
        CampaignConfig.Approval approval = approval(CampaignKeys.APPROVAL.in(root));
        List<Policy> policies = policies();
        List<TrunkId> trunks = trunks();
        CampaignRules rules =
                shared(CampaignRules.read(root, name, daemon.node().zone()));
        refuseBudgetWithoutTariff(rules.budget(), trunks);
        CallerIdPlan callerIds = new CallerIdReader(root, daemon).read(trunks, rules.allottedCallerIds());
        PacingSettings pacing = PacingReader.read(PacingKeys.SECTION.in(root), PacingKeys.DEFAULT);
        Duration ringLimit = CampaignKeys.RING_LIMIT.of(root);
        AgentTerms agents = agents();
        CallTerms calls = new CallTerms(
                CampaignKeys.MATTER.orNull(root), dispositions(), callbacks(CampaignKeys.CALLBACKS.in(root)));
        AgentDemands demands = demands();
        DailyTarget dailyTarget = DailyTargetReader.read(CampaignKeys.DAILY_TARGET.in(root), daemon.dailyTarget());
        RetryPlan retries = RetryReader.read(RetryKeys.SECTION.in(root));
        Double followUpShare = CampaignKeys.FOLLOW_UP.orNull(CampaignKeys.LIST_MIX.in(root));
        Announcement recordingNotice = sound(CampaignKeys.RECORDING_NOTICE);
        Announcement abandonmentMessage = sound(CampaignKeys.ABANDONMENT_MESSAGE);
        ScriptFile script = script();
        refuseRecordingWithoutFolder(rules, policies);
        root.refuseUnknownKeys();
        if (!problems.isEmpty()) {
            return null;
        }
        CampaignSettings settings = new CampaignSettings(
                new CampaignId(name),
                CampaignCompiler.approval(approval, daemon.node().zone()),
                RuleBooks.compile(policies, rules),
                retries,
                pacing,
                rules.budget(),
                callerIds,
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
        ApprovalState state = CampaignKeys.STATE.of(approval);
        Field<String> by = CampaignKeys.BY.in(approval);
        Field<LocalDate> until = CampaignKeys.UNTIL.in(approval);
        LocalDate from = CampaignKeys.FROM.orNull(approval);
        if (from != null) {
            until = until.must(day -> !day.isBefore(from), "a day not before " + from);
        }
        if ((state == ApprovalState.APPROVED || state == ApprovalState.RUNNING) && !by.isWritten()) {
            by.place().problem("is missing: must name who approved it, as the state is " + ScalarType.written(state));
        }
        return new CampaignConfig.Approval(state, by.orNull(), from, until.orNull());
    }

    private List<Policy> policies() {
        Field<List<String>> field = CampaignKeys.POLICIES.in(root);
        return library.find(field.required(List.of()), field.place()::problem);
    }

    private List<TrunkId> trunks() {
        Field<List<String>> field = CampaignKeys.TRUNKS.in(root);
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

    /** Lets a campaign of a department pay out of the department's budget. */
    private CampaignRules shared(CampaignRules rules) {
        Field<String> field = CampaignKeys.DEPARTMENT.in(root);
        String name = field.orNull();
        if (name == null) {
            return rules;
        }
        YamlNode month = CampaignRuleKeys.BUDGET.in(root).node(CampaignRuleKeys.MONTH.name());
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
                root.list(CampaignKeys.TRUNKS.name())
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

    private AgentTerms agents() {
        Duration wrapUp = CampaignKeys.WRAP_UP.of(root);
        AfterWrapUp after = CampaignKeys.AFTER_WRAP_UP.of(root);
        YamlMap talk = CampaignKeys.TALK_LIMIT.in(root);
        Duration warn = CampaignKeys.TALK_WARN.in(talk).orElse(Duration.ZERO);
        Field<Duration> end = CampaignKeys.TALK_END.in(talk);
        if (!warn.isZero()) {
            end = end.must(limit -> limit.compareTo(warn) > 0, "longer than warn, " + YamlText.duration(warn));
        }
        return new AgentTerms(
                wrapUp.toMillis(),
                after == AfterWrapUp.SHOW,
                warn.toMillis(),
                end.orElse(Duration.ZERO).toMillis(),
                CampaignKeys.AGENT_RING_LIMIT
                        .of(CampaignKeys.AGENT_RING.in(root))
                        .toMillis());
    }

    private static CallbackTerms callbacks(YamlMap callbacks) {
        return new CallbackTerms(
                CampaignKeys.PERSONAL_GRACE.of(callbacks).toMillis(),
                CampaignKeys.ON_TIME.of(callbacks).toMillis());
    }

    private Dispositions dispositions() {
        Names names = new Names("disposition");
        return new Dispositions(CampaignKeys.DISPOSITIONS.in(root).stream()
                .map(entry -> new Disposition(names.read(entry), CampaignKeys.MEANS.of(entry)))
                .toList());
    }

    private AgentDemands demands() {
        return new AgentDemands(
                CampaignKeys.QUALIFICATION_REQUIRED.of(CampaignKeys.QUALIFICATION.in(root)),
                new LinkedHashSet<>(CampaignKeys.SKILLS.of(root)));
    }

    private void refuseRecordingWithoutFolder(CampaignRules rules, List<Policy> policies) {
        if (daemon.media().recordings() != null) {
            return;
        }
        String missing = "but media.recordings in " + daemon.file() + " names no folder for recordings";
        if (rules.recording() != RecordingDirective.NEVER) {
            CampaignKeys.RECORDING
                    .in(root)
                    .place()
                    .problem("is " + ScalarType.written(rules.recording()) + ", " + missing);
        }
        for (Policy policy : policies) {
            if (policy.duties().recording() != null) {
                root.list(CampaignKeys.POLICIES.name())
                        .place()
                        .problem(policy.id() + " demands recordings, " + missing);
            }
        }
    }

    private void refuseShortRing(CampaignSettings settings) {
        long least = settings.rules().minimumRingMillis();
        if (settings.ringLimitMillis() < least) {
            Field<Duration> field = CampaignKeys.RING_LIMIT.in(root);
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

    private @Nullable Announcement sound(Key<?, String> key) {
        Field<String> field = key.in(root);
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
        YamlMap section = CampaignKeys.SCRIPT.orNull(root);
        if (section == null) {
            return null;
        }
        Field<String> name = CampaignKeys.SCRIPT_FILE.in(section);
        Path text = beside(name.required("script.txt"));
        String version = CampaignKeys.SCRIPT_VERSION.of(section);
        Field<String> approved = CampaignKeys.SCRIPT_SHA_256.in(section);
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
