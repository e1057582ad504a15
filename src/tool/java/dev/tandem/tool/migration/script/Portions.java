package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.lint.Repeatable;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import java.util.regex.Pattern;

/**
 * Changes the rows of a table a few pages at a time, each time in a transaction of its own. So no row stays locked for long, what is done
 * stays done if a later portion fails, and the next attempt goes on there. Places of rows are used because every table has them, whatever
 * its key. What others write meanwhile lands in pages that may not be visited, so new rows have to be right by themselves.
 */
public final class Portions {

    /** Some thousand rows. */
    private static final int PAGES = 128;

    private static final String LOOP = """
            DO %1$s
            BEGIN
                -- %2$d pages at a time, each time in a transaction of its own
                FOR %3$s IN 0 .. %4$s / current_setting('block_size')::bigint BY %2$d LOOP
                    PERFORM set_config('lock_timeout', '5s', true);
                    %5$s
                        AND %6$s.ctid >= format('(%%s,0)', %3$s)::tid AND %6$s.ctid < format('(%%s,0)', %3$s + %2$d)::tid;
                    COMMIT;
                END LOOP;
            END %1$s""";

    /** VACUUM runs in no transaction, so Flyway opens none for a script that has it; in one, COMMIT would be an error. */
    private static final String VACUUM = """
            -- The old versions of the rows make room for new ones. Besides, Flyway runs a script that has this in no transaction.
            VACUUM (SKIP_LOCKED, ANALYZE)\s""";

    private final ScratchDatabase model;
    private final Catalog catalog;

    /** @param model the schema in which the tables have the names that the statements use */
    Portions(ScratchDatabase model, Catalog catalog) {
        this.model = model;
        this.catalog = catalog;
    }

    /** A whole script that fills {@code book.language}, for people to change into theirs. */
    public static String example() {
        String update = "UPDATE book SET language = 'en' WHERE language IS NULL";
        return Repeatable.MARK + "\n\n"
                + LOOP.formatted("$portions$", PAGES, "page", "pg_relation_size('book')", update, "book") + ";\n\n"
                + VACUUM + "book;\n";
    }

    /**
     * The statement that makes a change in portions.
     *
     * @param update an UPDATE of the table that ends with conditions, to which one more can be added
     */
    String of(String table, String update) {
        String quote = "$portions$";
        while (update.contains(quote)) {
            quote = quote.replaceFirst("\\$$", "_\\$");
        }
        return LOOP.formatted(quote, PAGES, variable(update), size(table), update, table);
    }

    /** What follows when all rows of a table have been written again. */
    String afterwards(String table) {
        return VACUUM + table;
    }

    /** PL/pgSQL refuses a name that may be a column or a variable. */
    private String variable(String update) {
        String name = "page";
        while (isColumn(name)
                || Pattern.compile("\\b" + name + "\\b").matcher(update).find()) {
            name += "_";
        }
        return name;
    }

    private boolean isColumn(String name) {
        return catalog.columns().stream().anyMatch(column -> column.name().equals(name));
    }

    /** In bytes. Partitions are gone through side by side, as far as the largest one goes. */
    private String size(String table) {
        String name = "'" + table.replace("'", "''") + "'";
        boolean partitioned = !model.rows(
                        "select 1 from pg_partitioned_table where partrelid = to_regclass(" + name + ")")
                .isEmpty();
        return partitioned
                ? "(SELECT max(pg_relation_size(relid)) FROM pg_partition_tree(" + name + "))"
                : "pg_relation_size(" + name + ")";
    }
}
