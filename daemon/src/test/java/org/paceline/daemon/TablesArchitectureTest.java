package org.paceline.daemon;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.StatementTexts.Text;
import org.paceline.daemon.leads.LeadStatus;

/**
 * Each table has one package that has all of its statements. Others call that package; where they are part of its transaction,
 * they hand on the {@link Handle} and make no statement with it. The gate writes rows of all tables, of which it knows nothing but
 * their keys.
 *
 * <p>The texts are those of the class files, so they are whole wherever a statement is put together from constants. The bench
 * fills a database of its own, and tests look where they like.
 */
@AnalyzeClasses(packages = "org.paceline.daemon", importOptions = DoNotIncludeTests.class)
class TablesArchitectureTest {
    private static final Map<String, Set<String>> TABLES_OF = Map.ofEntries(
            Map.entry(
                    "agents",
                    Set.of("agent_event", "agent_limit", "agent_phone", "agent_qualification", "agent_session")),
            Map.entry("attempts", Set.of("attempt", "callee", "cap_holder", "not_sent")),
            Map.entry("budget", Set.of("budget")),
            Map.entry("calls", Set.of("call_disposition", "call_note", "recording")),
            Map.entry("campaigns", Set.of("campaign_matter", "script_version")),
            Map.entry("complaints", Set.of("complaint", "complaint_note")),
            Map.entry(
                    "donotcall",
                    Set.of(
                            "do_not_call",
                            "do_not_call_list",
                            "do_not_call_segment",
                            "do_not_call_removal",
                            "list_version",
                            "number_plan")),
            // The open promise takes its lead out of the list's order: two tables, one state.
            Map.entry("leads", Set.of("lead", "callback")),
            Map.entry("nodes", Set.of("node")),
            Map.entry("pauses", Set.of("campaign_pause")),
            Map.entry("requests", Set.of("request_key")));

    /** Tables of others that a package's statements read, for joins that no call could replace. */
    private static final Map<String, Set<String>> READS_OF_OTHERS = Map.of(
            // how often a lead failed whose call is in doubt; attempts of runs that are over
            "attempts", Set.of("lead", "node"),
            // its sums are counted from the attempts
            "budget", Set.of("attempt"),
            // the reports: a call with everything that is known of it, exports, an agent's day, a number's history
            "calls", Set.of("attempt", "lead", "callback", "complaint", "campaign_matter", "agent_event"),
            // a case is opened with the number of its call
            "complaints", Set.of("attempt"),
            // what a person said on the phone, of entries that came by another way
            "donotcall", Set.of("attempt", "call_disposition"),
            // the highest call id and run, which the sequences must stay behind
            "gate", Set.of("attempt", "node"),
            // numbers attempted since their refusal; leased leads that have a call
            "leads", Set.of("attempt"));

    /** They hold connections, and carry whole rows of whatever table, into the log and out of it. */
    private static final Set<String> OF_ALL_TABLES = Set.of("database", "gate");

    private static final Pattern WRITE =
            Pattern.compile("(?:INSERT INTO|MERGE INTO|DELETE FROM|TRUNCATE TABLE|(?<!FOR )UPDATE)\\s+(\\w+)");
    private static final Pattern READ = Pattern.compile("(?<!DELETE )(?:FROM|JOIN)\\s+(\\w+)");
    private static final Pattern TABLE_LEFT_OPEN = Pattern.compile(
            "(?:INSERT INTO|MERGE INTO|DELETE FROM|TRUNCATE TABLE|(?<!FOR )\\bUPDATE|\\bFROM|\\bJOIN)\\s*(?:[\\x01\\x02]|$)");
    private static final Pattern QUOTED_WORD = Pattern.compile("'[A-Z][A-Z_]+'");

    private static final DescribedPredicate<JavaClass> OWN_NO_TABLE = describe(
            "own no table",
            type -> !OF_ALL_TABLES.contains(packageOf(type.getPackageName()))
                    && !TABLES_OF.containsKey(packageOf(type.getPackageName())));

    @ArchTest
    static final ArchRule onlyOwnersSpeakJdbc = noClasses()
            .that(OWN_NO_TABLE)
            .should()
            .dependOnClassesThat(describe(
                    "are java.sql's, but for the exception",
                    type -> type.getPackageName().equals("java.sql") && !type.isEquivalentTo(SQLException.class)))
            .because("a statement stands with its table: call the package that owns it");

    @ArchTest
    static final ArchRule onlyOwnersMakeStatements = noClasses()
            .that(OWN_NO_TABLE)
            .should()
            .accessTargetWhere(describe(
                    "a statement is made with Jdbi",
                    (JavaAccess<?> access) -> access.getTargetOwner().isAssignableTo(Handle.class)))
            .because("a handle is only handed on, to the packages that own the tables");

    private static String packageOf(String name) {
        return name.substring("org.paceline.daemon".length())
                .replaceFirst("^\\.", "")
                .replaceFirst("\\..*", "");
    }

    @Test
    void shouldKnowTheOwnerOfEachTable() throws Exception {
        assertThat(TABLES_OF.values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
                .as("a new table needs an owner")
                .isEqualTo(StatementTexts.tablesOfTheSchema());
    }

    @Test
    void shouldWriteATableOnlyInTheOwnersPackage() throws Exception {
        Map<String, Set<String>> writes = foreign(WRITE);
        assertThat(writes).isEmpty();
    }

    @Test
    void shouldReadOthersTablesOnlyWhereThatIsNamed() throws Exception {
        assertThat(foreign(READ)).isEqualTo(READS_OF_OTHERS);
    }

    /** @return tables of others in statements, by the package that has the statement */
    private static Map<String, Set<String>> foreign(Pattern statement) throws Exception {
        Set<String> tables = StatementTexts.tablesOfTheSchema();
        Map<String, Set<String>> foreign = new TreeMap<>();
        for (Text text : StatementTexts.ofDaemon()) {
            String where = packageOf(text.packageName());
            statement
                    .matcher(text.text())
                    .results()
                    .map(match -> match.group(1))
                    .filter(tables::contains)
                    .filter(table -> !TABLES_OF.getOrDefault(where, Set.of()).contains(table))
                    .forEach(table ->
                            foreign.computeIfAbsent(where, _ -> new TreeSet<>()).add(table));
        }
        return foreign;
    }

    @Test
    void shouldNameTheTableInTheTextOfItsStatement() throws Exception {
        assertThat(StatementTexts.ofDaemon())
                .as("no text is put together so that its table cannot be seen in it")
                .noneMatch(text -> !OF_ALL_TABLES.contains(packageOf(text.packageName()))
                        && TABLE_LEFT_OPEN.matcher(text.text()).find());
    }

    @Test
    void shouldSpellNoStatusWordInAStatement() throws Exception {
        assertThat(StatementTexts.ofDaemon())
                .as("statements take the words of enums from SqlWords")
                .noneMatch(text -> !OF_ALL_TABLES.contains(packageOf(text.packageName()))
                        && QUOTED_WORD.matcher(text.text()).find());
    }

    @Test
    void shouldSpellALeadsStatusOnlyInItsEnum() throws Exception {
        Set<String> words = Set.of(
                LeadStatus.NEW.name(), LeadStatus.LEASED.name(), LeadStatus.DONE.name(), LeadStatus.REFUSED.name());
        assertThat(StatementTexts.ofDaemon()).noneMatch(text -> !text.isEnum() && words.contains(text.text()));
    }
}
