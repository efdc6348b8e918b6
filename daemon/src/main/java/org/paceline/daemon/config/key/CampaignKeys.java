package org.paceline.daemon.config.key;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.CampaignConfig.Approval;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallbackTerms;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.id.TrunkId;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.book.CampaignRuleKeys;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.Section;
import org.paceline.yaml.key.SectionList;

/** The keys of a campaign's file; the keys of its own rules are beside their readers. */
public final class CampaignKeys {
    public static final Key<CampaignConfig, String> NAME = CommonKeys.NAME.shownAs(CampaignConfig::id);

    public static final Key<Approval, ApprovalState> STATE = Key.of(
                    "state",
                    ScalarType.choice(ApprovalState.class),
                    "draft, submitted, approved, running, ended; only running dials")
            .required(ApprovalState.DRAFT)
            .shown(Approval::state);
    public static final Key<Approval, String> BY = Key.of(
                    "by", ScalarType.TEXT, "who approved it; needed for approved and running")
            .shown(Approval::by);
    public static final Key<Approval, LocalDate> FROM = Key.of(
                    "from", ScalarType.DATE, "first and last day, in the node's zone")
            .shown(Approval::from);
    public static final Key<Approval, LocalDate> UNTIL =
            Key.of("until", ScalarType.DATE, "").shown(Approval::until);
    public static final Section<CampaignConfig, Approval> APPROVAL = Section.of(
                    "approval", "", List.of(STATE, BY, FROM, UNTIL))
            .required()
            .shown(CampaignConfig::approval);

    public static final ListKey<CampaignConfig, String> POLICIES = ListKey.of(
                    "policies",
                    new ScalarType<>("the id of a policy, for example [us-federal]", text -> text),
                    "all must permit; 'paceline rules explain' shows what they say")
            .atLeastOne("a list of at least one policy")
            .shown(CampaignConfig::policies);
    public static final Key<CampaignConfig, Long> CALLER_ID = Key.of("caller-id", ScalarType.E164, "")
            .required(0L)
            .shown((CampaignConfig campaign) -> campaign.settings().callerIds().callerId());
    public static final ListKey<CampaignConfig, ?> CALLER_IDS = CampaignRuleKeys.CALLER_IDS.shown(
            (CampaignConfig campaign) -> campaign.rules().allottedCallerIds());
    public static final Key<CampaignConfig, CallerIdPlan.Choice> CALLER_ID_CHOICE = Key.of(
                    "caller-id-choice",
                    ScalarType.choice(CallerIdPlan.Choice.class),
                    "fixed: caller-id; rotation: each of caller-ids in turn; local: the nearest to the called number")
            .usually(CallerIdPlan.Choice.FIXED)
            .shown((CampaignConfig campaign) -> campaign.settings().callerIds().choice());
    public static final ListKey<CampaignConfig, String> TRUNKS = ListKey.of("trunks", Types.NAME, "first choice first")
            .atLeastOne("a list of at least one trunk")
            .shown((CampaignConfig campaign) ->
                    campaign.settings().trunks().stream().map(TrunkId::value).toList());

    public static final Key<CampaignConfig, Duration> RING_LIMIT = Key.of(
                    "ring-limit",
                    ScalarType.DURATION,
                    "how long an unanswered call rings, not less than the policies' minimum")
            .within(CommonKeys.RING)
            .usually(Duration.ofSeconds(30))
            .shown((CampaignConfig campaign) ->
                    Duration.ofMillis(campaign.settings().ringLimitMillis()));

    public static final Key<CampaignConfig, Duration> WRAP_UP = Key.of(
                    "wrap-up", ScalarType.DURATION, "how long an agent has after a call; 0s for none")
            .within(Bounds.durations(Duration.ZERO, Duration.ofHours(1)))
            .usually(Duration.ofSeconds(30))
            .shown((CampaignConfig campaign) ->
                    Duration.ofMillis(campaign.settings().agents().wrapUpMillis()));

    /** The action when a wrap-up has lasted as long as it may. */
    public enum AfterWrapUp {
        READY,
        SHOW
    }

    public static final Key<CampaignConfig, AfterWrapUp> AFTER_WRAP_UP = Key.of(
                    "after-wrap-up",
                    ScalarType.choice(AfterWrapUp.class),
                    "what comes then: ready, or show: the agent stays in wrap-up, shown as over the limit")
            .usually(AfterWrapUp.READY)
            .shown((CampaignConfig campaign) ->
                    campaign.settings().agents().wrapUpStays() ? AfterWrapUp.SHOW : AfterWrapUp.READY);

    public static final Key<AgentDemands, Boolean> QUALIFICATION_REQUIRED = Key.of(
                    "required",
                    ScalarType.FLAG,
                    "true: only agents whom a supervisor qualified for this campaign get its calls")
            .usually(false)
            .shown(AgentDemands::qualification);
    public static final Section<CampaignConfig, AgentDemands> QUALIFICATION = Section.of(
                    "qualification", "", List.of(QUALIFICATION_REQUIRED))
            .shown((CampaignConfig campaign) -> campaign.settings().demands());
    public static final ListKey<CampaignConfig, String> SKILLS = CommonKeys.skills(
                    "an agent gets its calls who has all of them")
            .shown((CampaignConfig campaign) -> campaign.settings().demands().skills());

    public static final Key<AgentTerms, Duration> TALK_WARN = Key.of(
                    "warn", ScalarType.DURATION, "agent and supervisor are warned of a talk that lasts so long")
            .within(CommonKeys.TALK)
            .shown((AgentTerms terms) -> CommonKeys.limit(terms.talkWarnMillis()));
    public static final Key<AgentTerms, Duration> TALK_END = Key.of(
                    "end", ScalarType.DURATION, "a talk that lasts so long is ended")
            .within(CommonKeys.TALK)
            .shown((AgentTerms terms) -> CommonKeys.limit(terms.talkEndMillis()));
    public static final Section<CampaignConfig, AgentTerms> TALK_LIMIT = Section.of(
                    "talk-limit", "none unless it is set", List.of(TALK_WARN, TALK_END))
            .shown((CampaignConfig campaign) -> campaign.settings().agents());
    public static final Key<AgentTerms, Duration> AGENT_RING_LIMIT = Key.of(
                    "limit",
                    ScalarType.DURATION,
                    "a phone not answered by then has missed the call: its agent is paused. 1s to 1m; where the customer"
                            + " may not wait so long (abandonment.connect-within), that is the limit")
            .within(Bounds.durations(Duration.ofSeconds(1), Duration.ofMinutes(1)))
            .usually(Duration.ofMillis(AgentTerms.USUAL_RING_MILLIS))
            .shown((AgentTerms terms) -> Duration.ofMillis(terms.ringMillis()));
    public static final Section<CampaignConfig, AgentTerms> AGENT_RING = Section.of(
                    "agent-ring", "of agents with line: per-call", List.of(AGENT_RING_LIMIT))
            .shown((CampaignConfig campaign) -> campaign.settings().agents());

    public static final Key<CampaignConfig, String> MATTER = Key.of(
                    "matter", ScalarType.TEXT, "what the calls are about; kept with each call")
            .within(Bounds.of(
                    "one line of at most 500 characters",
                    text -> text.length() <= 500 && text.chars().noneMatch(Character::isISOControl)))
            .shown((CampaignConfig campaign) -> campaign.settings().calls().matter());

    public static final Key<CallbackTerms, Duration> PERSONAL_GRACE = Key.of(
                    "personal-grace",
                    ScalarType.DURATION,
                    "how long one waits for its own agent, before any agent gets it")
            .within(CommonKeys.UP_TO_4H)
            .usually(Duration.ofMillis(CallbackTerms.DEFAULT.personalGraceMillis()))
            .shown((CallbackTerms terms) -> Duration.ofMillis(terms.personalGraceMillis()));
    public static final Key<CallbackTerms, Duration> ON_TIME = Key.of(
                    "on-time", ScalarType.DURATION, "how late it may be connected and still is on time")
            .within(CommonKeys.UP_TO_4H)
            .usually(Duration.ofMillis(CallbackTerms.DEFAULT.onTimeMillis()))
            .shown((CallbackTerms terms) -> Duration.ofMillis(terms.onTimeMillis()));
    public static final Section<CampaignConfig, CallbackTerms> CALLBACKS = Section.of(
                    "callbacks",
                    "calls promised to leads: they are dialled first, from their due time on",
                    List.of(PERSONAL_GRACE, ON_TIME))
            .shown((CampaignConfig campaign) -> campaign.settings().calls().callbacks());

    public static final Section<CampaignConfig, DailyTarget> DAILY_TARGET = Section.of(
                    "daily-target",
                    "of valid calls an agent and day in this campaign; the node's unless it is set",
                    CommonKeys.DAILY_TARGET)
            .shown(CampaignConfig::dailyTarget);

    public static final Key<Disposition, Disposition.Meaning> MEANS = Key.of(
                    "means", ScalarType.choice(Disposition.Meaning.class), "what the dialer makes of it")
            .usually(Disposition.Meaning.NOTHING)
            .shown(Disposition::meaning);
    public static final SectionList<CampaignConfig, Disposition> DISPOSITIONS = SectionList.<Disposition>of(
                    "dispositions",
                    "what agents may say of a call; none for any text",
                    List.of(CommonKeys.NAME.shownAs(Disposition::name), MEANS))
            .shown((CampaignConfig campaign) ->
                    campaign.settings().calls().dispositions().list())
            .tellingNone();

    public static final Key<CampaignConfig, Double> FOLLOW_UP = Key.of(
                    "follow-up", ScalarType.PERCENT, "share of the leads dialled, while both kinds are due")
            .shown(CampaignConfig::followUpShare);
    public static final Section<CampaignConfig, CampaignConfig> LIST_MIX = Section.of(
                    "list-mix", "without it, follow-ups come before new leads of the same priority", List.of(FOLLOW_UP))
            .shown((CampaignConfig campaign) -> campaign);

    public static final Key<CampaignConfig, ?> RECORDING = CampaignRuleKeys.RECORDING.shown(
            (CampaignConfig campaign) -> campaign.rules().recording());
    public static final Key<CampaignConfig, String> RECORDING_NOTICE = CampaignRuleKeys.RECORDING_NOTICE.shown(
            (CampaignConfig campaign) -> file(campaign.settings().recordingNotice()));
    public static final Key<CampaignConfig, String> ABANDONMENT_MESSAGE = Key.of(
                    "abandonment-message", ScalarType.TEXT, "what an abandoned caller hears: WAV, 8 kHz mono")
            .shown((CampaignConfig campaign) -> file(campaign.settings().abandonmentMessage()));

    public static final Key<ScriptFile, String> SCRIPT_FILE =
            Key.of("file", ScalarType.TEXT, "UTF-8 text").required("script.txt").shownAs(ScriptFile::file);
    public static final Key<ScriptFile, String> SCRIPT_VERSION = Key.of("version", ScalarType.TEXT, "")
            .within(Bounds.of(
                    "1 to " + ScriptFile.LONGEST_VERSION + " characters",
                    id -> !id.isBlank() && id.length() <= ScriptFile.LONGEST_VERSION))
            .required("1")
            .shown(ScriptFile::version);
    public static final Key<ScriptFile, String> SCRIPT_SHA_256 = Key.of(
                    "sha256",
                    ScriptFile.SHA_256,
                    "of the approved text (sha256sum FILE); any other text refuses every dial")
            .required("")
            .shown(ScriptFile::approvedSha256);
    public static final Section<CampaignConfig, ScriptFile> SCRIPT = Section.of(
                    CampaignRuleKeys.SCRIPT,
                    "what agents read from; its version is kept with each call",
                    List.of(SCRIPT_FILE, SCRIPT_VERSION, SCRIPT_SHA_256))
            .shown(CampaignConfig::script);

    public static final Key<Object, String> DEPARTMENT = Key.of(
            "department", Types.NAME, "whose budget pays instead, with those of its other campaigns; of paceline.yaml");

    private CampaignKeys() {}

    private static @Nullable String file(@Nullable Announcement sound) {
        return sound == null ? null : sound.file();
    }
}
