package org.paceline.daemon.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.AUTUMN;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.threads.ThreadWatch;

/** What is kept and told of qualifications, on any database. */
abstract class QualificationContract extends DatabaseContract {
    private static final Qualification ANN_SPRING = new Qualification(new AgentId("ann"), SPRING, 20_000);
    private static final Qualification ANN_AUTUMN = new Qualification(new AgentId("ann"), AUTUMN, Qualification.NO_END);
    private static final Qualification BOB_SPRING = new Qualification(new AgentId("bob"), SPRING, 21_000);

    private void say(Qualification... said) throws Exception {
        for (Qualification qualification : said) {
            new QualificationTable(database).say(qualification, "api:boss", NOON);
        }
    }

    private static Qualification until(Qualification qualification, long lastDay) {
        return new Qualification(qualification.agent(), qualification.campaign(), lastDay);
    }

    @Test
    void shouldKeepTheLastWord() throws Exception {
        say(ANN_SPRING, ANN_AUTUMN, BOB_SPRING, until(ANN_SPRING, 20_500));
        QualificationTable table = new QualificationTable(database);
        assertThat(table.of(ANN_SPRING.agent()))
                .extracting(QualificationWord::qualification)
                .containsExactly(ANN_AUTUMN, until(ANN_SPRING, 20_500));
        assertThat(table.of(ANN_SPRING.agent()).getFirst())
                .satisfies(word -> assertThat(word.by()).isEqualTo("api:boss"))
                .satisfies(word -> assertThat(word.atEpochMillis()).isEqualTo(NOON));

        say(until(ANN_AUTUMN, Qualification.NONE));
        assertThat(table.of(ANN_SPRING.agent()))
                .extracting(QualificationWord::qualification)
                .containsExactly(until(ANN_SPRING, 20_500));
        assertThat(table.of(new AgentId("zoe"))).isEmpty();
    }

    @Test
    void shouldTellTheEngineOfEveryNodesWordsOnce() throws Exception {
        say(ANN_SPRING, BOB_SPRING, until(ANN_SPRING, 20_500));
        Heard heard = new Heard();
        try (QualificationWatch watch =
                new QualificationWatch(database, heard, new PeriodicWorkers(ThreadWatch.endingTheProcess()))) {
            watch.load();
            assertThat(heard.next())
                    .isEqualTo(new Event.AgentsQualified(List.of(BOB_SPRING, until(ANN_SPRING, 20_500))));
            watch.poll();
            assertThat(heard.isEmpty()).isTrue();

            say(until(BOB_SPRING, Qualification.NONE));
            watch.poll();
            assertThat(heard.next())
                    .isEqualTo(new Event.AgentsQualified(List.of(until(BOB_SPRING, Qualification.NONE))));
            assertThat(heard.isEmpty()).isTrue();
        }
    }

    @Test
    void shouldTellOfAWordThatIsSeenLateBehindAHigherOne() throws Exception {
        say(ANN_SPRING, BOB_SPRING);
        database.jdbi()
                .useHandle(handle -> handle.execute("UPDATE agent_qualification SET id = 50 WHERE agent = 'bob'"));
        Heard heard = new Heard();
        try (QualificationWatch watch =
                new QualificationWatch(database, heard, new PeriodicWorkers(ThreadWatch.endingTheProcess()))) {
            watch.load();
            heard.next();
            say(ANN_AUTUMN);
            watch.poll();
            assertThat(heard.next()).isEqualTo(new Event.AgentsQualified(List.of(ANN_AUTUMN)));
        }
    }
}
