package dev.tandem.tool.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.migration.UsesScratchServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session is used again, and its next user notices nothing of the one before. */
@UsesScratchServer
class ScratchDatabaseTest {

    private static final String BACKEND = "select pg_backend_pid()";

    private ScratchDatabases databases;
    private ScratchDatabase database;

    @BeforeEach
    void create() {
        databases = new ScratchDatabases(EmbeddedServer.passing());
        database = databases.create();
    }

    @AfterEach
    void drop() {
        databases.close();
    }

    @Test
    void keepsASession() throws Exception {
        List<List<String>> backend = database.rows(BACKEND);

        database.run("create table t (id integer)");

        assertThat(database.rows(BACKEND)).isEqualTo(backend);
    }

    @Test
    void keepsAsManyAsWereUsedAtOnce() throws Exception {
        try (Connection one = database.connection();
                Connection other = database.connection()) {
            assertThat(one).isNotSameAs(other);
        }
        String sessions = "select count(*) from pg_stat_activity where datname = '" + database.name() + "'";

        assertThat(database.rows(sessions)).containsExactly(List.of("2"));
        assertThat(databases.copyOf(database).rows(BACKEND)).hasSize(1);
    }

    @Test
    void forgetsWhatAScriptHasSet() throws Exception {
        database.run("""
                create schema other; set search_path = other; create temp table t (id integer); prepare p as select 1;
                select pg_advisory_lock(1); listen news; create sequence s; select nextval('s');
                declare c cursor with hold for select 1""");

        assertThat(database.rows("show search_path")).containsExactly(List.of("\"$user\", public"));
        assertThat(database.rows("select to_regclass('pg_temp.t')")).containsExactly(List.of(""));
        assertThat(database.rows("select from pg_prepared_statements where from_sql"))
                .isEmpty();
        assertThat(database.rows("select from pg_locks where locktype = 'advisory'"))
                .isEmpty();
        assertThat(database.rows("select pg_listening_channels()")).isEmpty();
        assertThat(database.rows("select from pg_cursors where is_holdable")).isEmpty();
        assertThat(database.tried("select lastval()")).isFalse();
    }

    @Test
    void forgetsWhatALibraryHasLeft() throws Exception {
        try (Connection lent = database.connection();
                Statement statement = lent.createStatement()) {
            statement.execute("prepare p as select 1");
            lent.setAutoCommit(false);
            lent.setReadOnly(true);
            statement.execute("set role pg_monitor");
        }

        database.run("create table t (id integer)");
        assertThat(database.rows("select current_user")).containsExactly(List.of("postgres"));
        assertThat(database.tried("execute p")).isFalse();
    }

    @Test
    void plansAQuestionOnce() {
        String question = "select count(*) from pg_class where relkind = 'r'";
        database.rows(question);
        database.rows(question);

        assertThat(database.rows("select generic_plans from pg_prepared_statements where statement = '"
                        + question.replace("'", "''") + "'"))
                .containsExactly(List.of("2"));
    }

    @Test
    void answersAQuestionAgainWhoseTypesHaveChanged() throws Exception {
        database.run("create table t (id integer); insert into t values (1)");
        assertThat(database.rows("select * from t")).containsExactly(List.of("1"));

        database.run("alter table t alter column id type text using 'n' || id, add column b boolean default true");

        assertThat(database.rows("select * from t")).containsExactly(List.of("n1", "t"));
    }
}
