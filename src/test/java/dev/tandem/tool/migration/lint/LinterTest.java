package dev.tandem.tool.migration.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.tool.migration.MigrationRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinterTest {

    private static final String TIMEOUT = "set local lock_timeout = '5s';\n";

    /** One line of SQL that breaks exactly one rule, and one that does the same and breaks none. */
    record Example(String rule, String bad, String good) {}

    static Stream<Example> examples() {
        return Stream.of(
                new Example(
                        "require-lock-timeout",
                        "alter table t add column c text",
                        TIMEOUT + "alter table t add column c text"),
                new Example("require-lock-timeout", "truncate t", TIMEOUT + "truncate t"),
                new Example(
                        "require-lock-timeout",
                        "create table s (id bigint references t (id))",
                        "create table t (id bigint); create table s (id bigint references t (id))"),
                new Example(
                        "require-lock-timeout",
                        "drop table t -- lint: allow ban-drop-table because x",
                        "select set_config('lock_timeout', '5s', true); drop table t -- lint: allow ban-drop-table because x"),
                new Example(
                        "require-concurrent-index-creation",
                        TIMEOUT + "create unique index i on only public.t (a)",
                        "create unique index concurrently i on t (a)"),
                new Example(
                        "require-concurrent-index-creation",
                        TIMEOUT + "create table if not exists t (a int); create index on t (a)",
                        "create table t (a int); create index on t (a)"),
                new Example(
                        "require-concurrent-index-deletion",
                        TIMEOUT + "drop index if exists i",
                        "drop index concurrently if exists i"),
                new Example("require-concurrent-reindex", "reindex table t", "reindex table concurrently t"),
                new Example(
                        "ban-concurrent-index-creation-in-transaction",
                        "create index concurrently i on t (a); update t set a = 1",
                        "create index concurrently i on t (a); create index concurrently j on t (b)"),
                new Example(
                        "constraint-missing-not-valid",
                        TIMEOUT + "alter table t add constraint c check (a > 0)",
                        TIMEOUT + "alter table t add constraint c check (a > 0) not valid"),
                new Example(
                        "constraint-missing-not-valid",
                        TIMEOUT + "alter table t add column a int check (a > 0)",
                        TIMEOUT + "alter table t add column \"check\" int"),
                new Example(
                        "adding-foreign-key-constraint",
                        TIMEOUT + "alter table t add foreign key (a) references s (id)",
                        TIMEOUT + "alter table t add foreign key (a) references s (id) not valid"),
                new Example(
                        "adding-foreign-key-constraint",
                        TIMEOUT + "alter table t add a bigint default 7 references s (id)",
                        TIMEOUT + "alter table t add a bigint default 7"),
                new Example(
                        "disallowed-unique-constraint",
                        TIMEOUT + "alter table t add constraint u unique (a, b)",
                        TIMEOUT + "alter table t add constraint u unique using index u"),
                new Example(
                        "disallowed-unique-constraint",
                        TIMEOUT + "alter table t add column a int unique",
                        TIMEOUT + "alter table t add column a int"),
                new Example(
                        "adding-serial-primary-key-field",
                        TIMEOUT + "alter table t add primary key (a)",
                        TIMEOUT + "alter table t add constraint p primary key using index p"),
                new Example(
                        "adding-exclusion-constraint",
                        TIMEOUT + "alter table t add constraint x exclude using gist (r with &&)",
                        "create table t (r int4range, constraint x exclude using gist (r with &&))"),
                new Example(
                        "adding-required-field",
                        TIMEOUT + "alter table t add column a int not null",
                        TIMEOUT + "alter table t add column a int not null default 0"),
                new Example(
                        "adding-not-nullable-field",
                        TIMEOUT + "alter table t alter column a set not null",
                        TIMEOUT + "alter table t validate constraint c; alter table t alter column a set not null"),
                new Example(
                        "adding-not-nullable-field",
                        TIMEOUT + "alter table s validate constraint c; alter table t alter a set not null",
                        TIMEOUT + "alter table t validate constraint c, alter a set not null"),
                new Example(
                        "adding-field-with-default",
                        TIMEOUT + "alter table t add column a uuid default gen_random_uuid()",
                        TIMEOUT + "alter table t add column a timestamptz default now()"),
                new Example(
                        "adding-field-with-default",
                        TIMEOUT + "alter table t add column a bigint generated always as identity",
                        TIMEOUT + "alter table t add column a numeric(5, 2) default '1'::numeric(5, 2)"),
                new Example(
                        "adding-field-with-default",
                        TIMEOUT + "alter table t add a text generated always as (lower(b)) stored",
                        "create table t (b text, a text generated always as (lower(b)) stored)"),
                new Example(
                        "changing-column-type",
                        TIMEOUT + "alter table t alter a type bigint",
                        TIMEOUT + "alter table t add column b bigint"),
                new Example(
                        "changing-column-type",
                        TIMEOUT + "alter table t alter column a set data type bigint using a::bigint",
                        TIMEOUT + "alter table t alter column type set default 1"),
                new Example(
                        "renaming-column",
                        TIMEOUT + "alter table t rename a to b",
                        TIMEOUT + "alter table t rename constraint a to b"),
                new Example(
                        "renaming-table",
                        TIMEOUT + "alter table t rename to s",
                        "create table t (a int); alter table t rename to s"),
                new Example(
                        "ban-drop-column",
                        TIMEOUT + "alter table t add b int, drop a",
                        TIMEOUT + "alter table t drop constraint a"),
                new Example("ban-drop-table", TIMEOUT + "drop table t", "create table t (a int); drop table t"),
                new Example("ban-drop-database", "drop database d", "drop schema d"),
                new Example(
                        "ban-drop-not-null",
                        TIMEOUT + "alter table t alter column a drop not null",
                        TIMEOUT + "alter table t alter column a drop default"),
                new Example(
                        "ban-truncate-cascade", TIMEOUT + "truncate table t cascade", TIMEOUT + "truncate table t, s"),
                new Example("ban-drop-cascade", "drop view v cascade", "drop view v"),
                new Example("ban-drop-cascade", "drop type e cascade", "drop type e"),
                new Example("ban-char-field", "create table t (a char(2))", "create table t (a varchar(2))"),
                new Example(
                        "ban-char-field",
                        "create table t (a character)",
                        "create table t (a character varying, \"char\" int)"),
                new Example(
                        "prefer-identity",
                        "create table t (a bigserial primary key)",
                        "create table t (a bigint generated by default as identity primary key)"),
                new Example(
                        "prefer-timestamp-tz",
                        TIMEOUT + "alter table t add a timestamp(3) default now()",
                        TIMEOUT + "alter table t add a timestamp(3) with time zone default now()"),
                new Example(
                        "prefer-timestamp-tz",
                        "create table t (a timestamp)",
                        "create table t (timestamp timestamptz)"),
                new Example(
                        "identifier-too-long",
                        "create table t (" + "é".repeat(32) + " int)",
                        "create table t (" + "e".repeat(63) + " int)"),
                new Example(
                        "ban-create-domain-with-constraint",
                        "create domain d as text check (value <> '')",
                        "create domain d as text"),
                new Example(
                        "ban-alter-domain-with-add-constraint",
                        "alter domain d add constraint c check (value <> '')",
                        "alter domain d add constraint c check (value <> '') not valid"),
                new Example(
                        "ban-concurrent-index-creation-in-transaction",
                        "vacuum t; update t set a = 1",
                        "do $$ begin commit; end $$; vacuum t; vacuum s"),
                new Example(
                        "ban-concurrent-index-creation-in-transaction",
                        "vacuum t; do $$ begin update t set a = 1; end $$",
                        "vacuum t; call fill()"),
                new Example("transaction-nesting", "update t set a = 1; commit", "update t set a = 1"),
                new Example(
                        "transaction-nesting",
                        "do $$ begin commit ; end $$",
                        "do $$ begin update t set state = 'commit'; end $$"),
                new Example("leaking-setting", "set search_path to s", "set local search_path to s"),
                new Example(
                        "leaking-setting",
                        "set statement_timeout = 0",
                        "set statement_timeout = 0; reset statement_timeout"),
                new Example(
                        "unused-allowance",
                        "-- lint: allow ban-drop-view because nobody looks\ndrop view v",
                        "-- nobody looks\ndrop view v"),
                new Example(
                        "unused-allowance",
                        "-- lint: allow ban-drop-database because a\nselect 1;",
                        "-- lint: allow ban-drop-database because a\ndrop database d"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void reportsTheBadAndNotTheGood(Example example) {
        assertThat(rulesBrokenBy(example.bad())).containsExactly(example.rule());
        assertThat(rulesBrokenBy(example.good())).isEmpty();
    }

    @Test
    void hasAnExampleForEveryRule() {
        assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(20);
        assertThat(examples().map(Example::rule).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Rules.all().stream().map(Rule::id).toList());
    }

    @Test
    void saysWhereAndWhatInstead() {
        String finding = new Linter()
                .lint("V1__a.sql", "\n/* a\n */ drop view v;\n\ndrop database d;")
                .get(0)
                .toString();
        assertThat(finding).startsWith("V1__a.sql:5: ban-drop-database: ").contains(" Instead: ");
    }

    @Test
    void allowsOneRuleForOneStatementWithAReason() {
        String drops = """
                set local lock_timeout = '5s';
                -- lint: allow ban-drop-column because nothing has read it since 2.3
                alter table t drop a;
                alter table t drop b;
                """;
        assertThat(new Linter().lint("V1__a.sql", drops)).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("ban-drop-column");
            assertThat(finding.line()).isEqualTo(4);
        });
    }

    @Test
    void takesNoAllowanceWithoutAReason() {
        assertThat(rulesBrokenBy("-- lint: allow ban-drop-database\ndrop database d"))
                .containsExactlyInAnyOrder("ban-drop-database", "unused-allowance");
    }

    @Test
    void readsOnlyWhatIsCode() {
        assertThat(rulesBrokenBy("""
                        -- drop database a;
                        /* drop database /* nested */ b; */
                        select 'drop database c; it''s', E'\\'; drop database d; ', $$; drop database e;$$, $x$; drop database $$ f;$x$;
                        create table "drop database g; ""h" (a int);
                        create function f() returns int language sql begin atomic
                            select case when true then 1 end; drop database i; end;
                        create rule r as on insert to t do (select 1; drop database j);
                        """)).isEmpty();
    }

    @Test
    void refusesAQuoteWithoutAnEnd() {
        assertThatThrownBy(() -> new Linter().lint("V1__a.sql", "select 1;\nselect 'x"))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessage("V1__a.sql, line 2: ' begins what never ends");
    }

    @Test
    void findsNothingInTandemsOwnScripts() throws Exception {
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migration"))) {
            List<Path> files = scripts.toList();
            assertThat(files).isNotEmpty();
            assertThat(files).flatExtracting(new Linter()::lint).isEmpty();
        }
    }

    private static List<String> rulesBrokenBy(String sql) {
        return new Linter()
                .lint("test.sql", sql).stream()
                        .map(finding -> finding.rule().id())
                        .toList();
    }
}
