package dev.tandem.tool.migration.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.migration.UsesScratchServer;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.EmbeddedServer;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.SettledSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No script reads a table that may have rows while it keeps others out of it. */
@UsesScratchServer
class StagingTest {

    private static ScratchDatabases databases;
    private static ScratchDatabase before;
    private static ScratchDatabase after;

    @BeforeAll
    static void create() throws SQLException {
        databases = new ScratchDatabases(EmbeddedServer.passing());
        before = databases.create();
        before.run("create table book (id integer not null, pages integer, constraint pk_book primary key (id));"
                + " create unique index uq_book_shelf on book (id) where pages > 0");
        after = databases.create();
        after.run("create table book (id integer, pages integer not null check (pages >= 10), shelf integer not null,"
                + " constraint pk_book primary key (id))");
    }

    @AfterAll
    static void close() {
        databases.close();
    }

    @Test
    void requiresAColumnByAValidatedCheck() {
        var stages = staged(operation(Kind.SET_NOT_NULL, "pages", "ALTER TABLE book ALTER COLUMN pages SET NOT NULL"));

        assertThat(stages.get(Stage.CHANGE))
                .containsExactly(
                        "ALTER TABLE book ADD CONSTRAINT ck_book_pages_not_null CHECK (pages IS NOT NULL) NOT VALID");
        assertThat(stages.get(Stage.FILL)).hasSize(2);
        assertThat(stages.get(Stage.FILL).getFirst())
                .startsWith("-- BACKFILL, a guess: say what rows that exist already shall have\nDO $portions$\n")
                .contains(
                        " UPDATE book SET pages = 10 WHERE pages IS NULL\n",
                        " AND book.ctid >= format('(%s,0)', page)::tid AND book.ctid < format('(%s,0)', page + 128)::tid;\n",
                        " COMMIT;\n");
        assertThat(stages.get(Stage.FILL).getLast()).endsWith("\nVACUUM (SKIP_LOCKED, ANALYZE) book");
        assertThat(stages.get(Stage.VALIDATE))
                .containsExactly(
                        "ALTER TABLE book VALIDATE CONSTRAINT ck_book_pages_not_null",
                        "ALTER TABLE book ALTER COLUMN pages SET NOT NULL",
                        "ALTER TABLE book DROP CONSTRAINT ck_book_pages_not_null");
    }

    /** The check of one looks at the rows that the other is filled in. */
    @Test
    void fillsTheColumnsOfATableTogether() {
        var stages = staged(
                operation(Kind.ADD_COLUMN, "shelf", "ALTER TABLE book ADD COLUMN shelf integer NOT NULL"),
                operation(Kind.SET_NOT_NULL, "pages", "ALTER TABLE book ALTER COLUMN pages SET NOT NULL"));

        assertThat(stages.get(Stage.FILL))
                .first()
                .asString()
                .contains(
                        "UPDATE book SET shelf = 0, pages = coalesce(pages, 10) WHERE (shelf IS NULL OR pages IS NULL)\n");
        assertThat(stages.get(Stage.FILL))
                .filteredOn(sql -> sql.contains("VACUUM"))
                .hasSize(1);
    }

    /** PL/pgSQL would not know what is meant by a name of its own that a column has too. */
    @Test
    void namesNothingLikeAColumn() {
        assertThat(portions("page integer", "UPDATE book SET page = 1 WHERE page IS NULL"))
                .contains("FOR page_ IN 0 ..", "format('(%s,0)', page_)");
        assertThat(portions("page integer, title text", "UPDATE book SET title = 'x' WHERE title IS NULL"))
                .contains("FOR page_ IN 0 ..");
        assertThat(portions("title text", "UPDATE book SET title = page_of(id) WHERE title IS NULL"))
                .contains("FOR page IN 0 ..");
        assertThat(portions("title text", "UPDATE book SET title = page(id) WHERE title IS NULL"))
                .contains("FOR page_ IN 0 ..");
        assertThat(portions("title text", "UPDATE book SET title = $portions$x$portions$ WHERE title IS NULL"))
                .startsWith("DO $portions_$\n")
                .endsWith("END $portions_$");
    }

    private static String portions(String column, String update) {
        ScratchDatabase database = databases.create();
        try {
            database.run("create table book (id integer, " + column + ")");
            return new Portions(database, Catalog.of(database)).of("book", update);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            databases.drop(database);
        }
    }

    /** SET NOT NULL keeps its lock until the script ends. */
    @Test
    void readsBeforeItLocks() {
        var stages = staged(
                operation(Kind.SET_NOT_NULL, "pages", "ALTER TABLE book ALTER COLUMN pages SET NOT NULL"),
                operation(Kind.ADD_CHECK, "ck_book_id", "ALTER TABLE book ADD CONSTRAINT ck_book_id CHECK (id > 0)"));

        List<String> last = stages.get(Stage.VALIDATE);
        assertThat(last).filteredOn(sql -> sql.contains("VALIDATE")).hasSize(2);
        assertThat(last.subList(2, 4))
                .containsExactly(
                        "ALTER TABLE book ALTER COLUMN pages SET NOT NULL",
                        "ALTER TABLE book DROP CONSTRAINT ck_book_pages_not_null");
    }

    /** PostgreSQL cuts names, and two checks can't have the same. */
    @Test
    void givesLongNamesAnEndOfTheirOwn() {
        String table = "a_table_with_a_name_that_is_as_long_as_names_can_be_in_postgr";

        assertThat(SqlText.name("ck_" + table + "_pages_not_null"))
                .hasSizeLessThanOrEqualTo(63)
                .isNotEqualTo(SqlText.name("ck_" + table + "_shelf_not_null"));
    }

    @Test
    void buildsIndexesConcurrently() {
        var stages = staged(operation(
                Kind.CREATE_INDEX, "ix_book_pages", "CREATE INDEX ix_book_pages ON book USING btree (pages)"));

        assertThat(stages.get(Stage.CHANGE)).isEmpty();
        assertThat(stages.get(Stage.CONCURRENT))
                .containsExactly(
                        "DROP INDEX CONCURRENTLY IF EXISTS ix_book_pages",
                        "CREATE INDEX CONCURRENTLY ix_book_pages ON book USING btree (pages)");
    }

    /** If the new one cannot be built over the rows, the old one is still there. */
    @Test
    void buildsASuccessorBesideItsPredecessor() {
        var stages = staged(
                operation(Kind.DROP_INDEX, "uq_book_shelf", "DROP INDEX uq_book_shelf"),
                operation(
                        Kind.CREATE_INDEX,
                        "uq_book_shelf",
                        "CREATE UNIQUE INDEX uq_book_shelf ON book USING btree (id, pages)"));

        assertThat(stages.get(Stage.CHANGE)).isEmpty();
        assertThat(stages.get(Stage.CONCURRENT))
                .containsExactly(
                        "DROP INDEX CONCURRENTLY IF EXISTS uq_book_shelf_next",
                        "CREATE UNIQUE INDEX CONCURRENTLY uq_book_shelf_next ON book USING btree (id, pages)");
        assertThat(stages.get(Stage.VALIDATE))
                .containsExactly(
                        "ALTER INDEX uq_book_shelf RENAME TO uq_book_shelf_old",
                        "ALTER INDEX uq_book_shelf_next RENAME TO uq_book_shelf");
        assertThat(stages.get(Stage.CLEANUP)).containsExactly("DROP INDEX CONCURRENTLY IF EXISTS uq_book_shelf_old");
    }

    @Test
    void dropsAfterItHasBuilt() {
        var stages = staged(
                operation(Kind.DROP_INDEX, "uq_book_shelf", "DROP INDEX uq_book_shelf"),
                operation(Kind.DROP_CONSTRAINT, "pk_book", "ALTER TABLE book DROP CONSTRAINT pk_book"),
                operation(
                        Kind.ADD_UNIQUE,
                        "uq_book_id",
                        "ALTER TABLE book ADD CONSTRAINT uq_book_id UNIQUE (id, pages)"));

        assertThat(stages.get(Stage.CHANGE)).isEmpty();
        assertThat(stages.get(Stage.CONCURRENT)).last().isEqualTo("DROP INDEX CONCURRENTLY IF EXISTS uq_book_shelf");
        assertThat(stages.get(Stage.VALIDATE))
                .containsExactly(
                        "ALTER TABLE book DROP CONSTRAINT IF EXISTS pk_book",
                        "ALTER TABLE book ADD CONSTRAINT uq_book_id UNIQUE USING INDEX uq_book_id");
    }

    @Test
    void attachesAKeyToAFinishedIndex() {
        var stages = staged(
                operation(Kind.DROP_CONSTRAINT, "pk_book", "ALTER TABLE book DROP CONSTRAINT pk_book"),
                operation(
                        Kind.ADD_PRIMARY_KEY,
                        "pk_book",
                        "ALTER TABLE book ADD CONSTRAINT pk_book PRIMARY KEY (id, pages)"));

        assertThat(stages.get(Stage.CHANGE)).isEmpty();
        assertThat(stages.get(Stage.CONCURRENT))
                .containsExactly(
                        "DROP INDEX CONCURRENTLY IF EXISTS pk_book_next",
                        "CREATE UNIQUE INDEX CONCURRENTLY pk_book_next ON book (id, pages)");
        assertThat(stages.get(Stage.VALIDATE))
                .containsExactly(
                        "ALTER TABLE book DROP CONSTRAINT pk_book",
                        "ALTER TABLE book ADD CONSTRAINT pk_book PRIMARY KEY USING INDEX pk_book_next");
    }

    @Test
    void validatesConstraintsAfterwards() {
        var stages = staged(operation(
                Kind.ADD_CHECK, "ck_book_pages", "ALTER TABLE book ADD CONSTRAINT ck_book_pages CHECK (pages > 0)"));

        assertThat(stages.get(Stage.CHANGE))
                .containsExactly("ALTER TABLE book ADD CONSTRAINT ck_book_pages CHECK (pages > 0) NOT VALID");
        assertThat(stages.get(Stage.VALIDATE)).containsExactly("ALTER TABLE book VALIDATE CONSTRAINT ck_book_pages");
    }

    @Test
    void validatesWhatNobodyHasSoFar() {
        String sql = "ALTER TABLE book VALIDATE CONSTRAINT ck_book_pages";
        var stages = staged(operation(Kind.VALIDATE_CONSTRAINT, "ck_book_pages", sql));

        assertThat(stages.get(Stage.CHANGE)).isEmpty();
        assertThat(stages.get(Stage.VALIDATE)).containsExactly(sql);
    }

    /** A new name makes no new table: there are rows in it. */
    @Test
    void takesCareOfTablesThatItRenames() {
        var stages = staged(
                new Operation(Kind.RENAME_TABLE, "book", "", "ALTER TABLE book RENAME TO volume"),
                new Operation(
                        Kind.CREATE_INDEX,
                        "volume",
                        "ix_volume_id",
                        "CREATE INDEX ix_volume_id ON volume USING btree (id)"));

        assertThat(stages.get(Stage.CHANGE)).containsExactly("ALTER TABLE book RENAME TO volume");
        assertThat(stages.get(Stage.CONCURRENT)).hasSize(2);
    }

    @Test
    void takesNoCareOfTablesThatItCreates() {
        var stages = staged(
                new Operation(Kind.CREATE_TABLE, "shelf", "", "CREATE TABLE shelf (id integer)"),
                new Operation(
                        Kind.CREATE_INDEX,
                        "shelf",
                        "ix_shelf_id",
                        "CREATE INDEX ix_shelf_id ON shelf USING btree (id)"),
                new Operation(
                        Kind.ADD_CHECK,
                        "shelf",
                        "ck_shelf",
                        "ALTER TABLE shelf ADD CONSTRAINT ck_shelf CHECK (id > 0)"));

        assertThat(stages.get(Stage.CHANGE)).hasSize(3);
        assertThat(stages.get(Stage.CONCURRENT)).isEmpty();
        assertThat(stages.get(Stage.VALIDATE)).isEmpty();
    }

    @Test
    void addsValuesOfEnumsInATransactionOfTheirOwn() {
        var stages = staged(
                new Operation(Kind.ADD_VALUE, "", "mood", "ALTER TYPE mood ADD VALUE 'great'"),
                operation(Kind.SET_DEFAULT, "pages", "ALTER TABLE book ALTER COLUMN pages SET DEFAULT 1"));

        assertThat(stages.get(Stage.VALUES)).containsExactly("ALTER TYPE mood ADD VALUE 'great'");
        assertThat(stages.get(Stage.CHANGE)).containsExactly("ALTER TABLE book ALTER COLUMN pages SET DEFAULT 1");
    }

    private static Operation operation(Kind kind, String name, String sql) {
        return new Operation(kind, "book", name, sql);
    }

    private static Map<Stage, List<String>> staged(Operation... operations) {
        return new Staging(Catalog.of(before), new Backfills(SettledSchema.alreadySettled(after), Map.of()), true)
                .of(new Difference(List.of(operations), List.of(), List.of()));
    }
}
