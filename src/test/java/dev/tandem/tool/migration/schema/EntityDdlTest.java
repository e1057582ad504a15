package dev.tandem.tool.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.UsesScratchServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What entities can say about their tables. */
@UsesScratchServer
class EntityDdlTest {

    private static final String IMPORTS = """
        import dev.tandem.database.schema.*;
        import jakarta.persistence.*;
        import org.hibernate.annotations.*;

        """;

    @TempDir
    Path folder;

    @Test
    void declaresEveryKindOfIndexAndForeignKeys() {
        Class<?> shelf = Compiled.in(folder, "Shelf", IMPORTS + """
            @Entity
            @jakarta.persistence.Table(name = "shelf")
            @PgIndex(name = "ix_shelf_room", on = "lower(room) text_pattern_ops", include = "floor", where = "floor > 0")
            @PgIndex(name = "uq_shelf_floor", on = "floor desc nulls last", unique = true)
            @PgIndex(name = "ix_shelf_tags", on = "tags jsonb_path_ops", using = "gin")
            @PgForeignKey(name = "fk_shelf_parent_id", columns = "parent_id", references = "shelf (id)", onDelete = "set null")
            public class Shelf {
                @Id public Long id;
                @Column(name = "parent_id") public Long parentId;
                @Column(length = 10) public String room;
                public int floor;
                @Column(columnDefinition = "jsonb") public String tags;
            }
            """);

        assertThat(fingerprint(shelf))
                .contains(
                        "column public.shelf.room character varying(10)",
                        "constraint public.shelf.pk_shelf PRIMARY KEY (id)",
                        "constraint public.shelf.fk_shelf_parent_id FOREIGN KEY (parent_id) REFERENCES shelf(id) ON"
                                + " DELETE SET NULL",
                        "index CREATE INDEX ix_shelf_room ON public.shelf USING btree (lower((room)::text)"
                                + " text_pattern_ops) INCLUDE (floor) WHERE (floor > 0)",
                        "index CREATE UNIQUE INDEX uq_shelf_floor ON public.shelf USING btree (floor DESC NULLS LAST)",
                        "index CREATE INDEX ix_shelf_tags ON public.shelf USING gin (tags jsonb_path_ops)");
    }

    @Test
    void declaresThemInAnotherSchemaAndWithKeywordsForNames() {
        Class<?> order = Compiled.in(folder, "Order", IMPORTS + """
            @Entity
            @jakarta.persistence.Table(name = "`order`", schema = "archive")
            @PgIndex(name = "uq_order_room", on = "room", unique = true, nullsNotDistinct = true, where = "id > 0")
            @PgForeignKey(name = "fk_order_parent_id", columns = "parent_id", references = "archive.\\"order\\" (id)")
            public class Order {
                @Id public Long id;
                @Column(name = "parent_id") public Long parentId;
                @Column(length = 10) public String room;
            }
            """);

        assertThat(fingerprint(order))
                .contains(
                        "schema archive",
                        "constraint archive.\"order\".fk_order_parent_id FOREIGN KEY (parent_id) REFERENCES"
                                + " archive.\"order\"(id)",
                        "index CREATE UNIQUE INDEX uq_order_room ON archive.\"order\" USING btree (room) NULLS NOT"
                                + " DISTINCT WHERE (id > 0)");
    }

    /** With the casts that Hibernate makes for each enum. */
    @Test
    void declaresEnumsOfPostgresql() {
        Class<?> cup = Compiled.in(folder, "Cup", IMPORTS + """
            @Entity
            public class Cup {
                enum Size { SMALL, LARGE }
                @Id public Long id;
                @JdbcTypeCode(org.hibernate.type.SqlTypes.NAMED_ENUM) public Size size;
            }
            """);

        assertThat(fingerprint(cup))
                .contains("enum public.size ('LARGE', 'SMALL')", "column public.cup.size size")
                .anyMatch(line -> line.startsWith("cast (size as character varying)"))
                .anyMatch(line -> line.startsWith("cast (character varying as size)"));
    }

    @Test
    void declaresSeveralForeignKeysOfOneTable() {
        Class<?> loan = Compiled.in(folder, "Loan", IMPORTS + """
            @Entity
            @jakarta.persistence.Table(name = "loan")
            @PgForeignKey(name = "fk_loan_parent_id", columns = "parent_id", references = "loan (id)", onDelete = "cascade")
            @PgForeignKey(name = "fk_loan_renewed_id", columns = "renewed_id", references = "loan (id)")
            public class Loan {
                @Id public Long id;
                @Column(name = "parent_id") public Long parentId;
                @Column(name = "renewed_id") public Long renewedId;
            }
            """);

        assertThat(fingerprint(loan))
                .contains(
                        "constraint public.loan.fk_loan_parent_id FOREIGN KEY (parent_id) REFERENCES loan(id) ON"
                                + " DELETE CASCADE",
                        "constraint public.loan.fk_loan_renewed_id FOREIGN KEY (renewed_id) REFERENCES loan(id)");
    }

    @Test
    void takesTimesWithoutThePrecisionThatTheyHaveAnyway() {
        Class<?> visit = Compiled.in(folder, "Visit", IMPORTS + """
            @Entity
            @jakarta.persistence.Table(name = "visit")
            public class Visit {
                @Id public Long id;
                public java.time.Instant day;
            }
            """);

        assertThat(fingerprint(visit)).contains("column public.visit.day timestamp with time zone");
    }

    @Test
    void refusesInOneLineWhatHibernateOrPostgresqlRefuses() {
        Class<?> keyless = Compiled.in(folder, "Keyless", IMPORTS + "@Entity public class Keyless { public int a; }");
        assertThatThrownBy(() -> DeclaredSchema.of(List.of(keyless)))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageContaining("Keyless")
                .hasMessageNotContaining("\n");

        Class<?> wrong = Compiled.in(
                folder,
                "Wrong",
                IMPORTS
                        + "@Entity @PgIndex(name = \"ix_wrong\", on = \"nothing\") public class Wrong { @Id public"
                        + " Long id; }");
        assertThatThrownBy(() -> fingerprint(wrong))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageStartingWith("PostgreSQL refuses what Wrong declares")
                .hasMessageContaining("column \"nothing\" does not exist")
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesAFolderWithoutEntities() {
        assertThatThrownBy(() -> DeclaredSchema.of(folder, folder))
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageContaining("There are no compiled entities in " + folder);
    }

    private static List<String> fingerprint(Class<?> entity) {
        DeclaredSchema schema = DeclaredSchema.of(List.of(entity));
        try (ScratchDatabases databases = new ScratchDatabases(EmbeddedServer.passing())) {
            ScratchDatabase database = databases.create();
            schema.create(database);
            SettledExpressions.settle(database);
            return CatalogFingerprint.of(database).lines();
        }
    }
}
