package dev.tandem.tool.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.Server;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Scratch databases of which some are emptied and filled again instead of dropped and copied. Their sessions stay, and a session that has read
 * the catalogue before reads it several times as fast.
 */
final class ReusedDatabases extends ScratchDatabases {

    /**
     * Drops everything but the schema {@code public}, on which plans depend, and Flyway's table. An object that belongs to another one goes
     * with it.
     */
    private static final String EMPTY = """
            do $$ declare
                object record;
            begin
                for object in select extname from pg_extension where extname <> 'plpgsql' loop
                    execute format('drop extension %I cascade', object.extname);
                end loop;
                for object in
                    select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')
                loop
                    execute format('drop schema %I cascade', object.nspname);
                end loop;
                for object in
                    select regexp_replace(i.type, '^composite | object$', '') as type, i.identity
                    from pg_depend d, pg_identify_object(d.classid, d.objid, 0) i
                    where d.refclassid = 'pg_namespace'::regclass and d.refobjid = 'public'::regnamespace and d.deptype = 'n'
                      and i.name is distinct from 'flyway_schema_history'
                      and not exists (select from pg_depend o where o.classid = d.classid and o.objid = d.objid and o.refobjid <> d.objid
                                      and o.deptype = 'i')
                    order by 1
                loop
                    execute format('drop %s if exists %s cascade', object.type, object.identity);
                end loop;
            end $$""";

    /** A script that brings Flyway's table to what it contains now. */
    private static final String HISTORY = """
            select 'delete from flyway_schema_history; '
                   || string_agg(format('insert into flyway_schema_history select (%L::flyway_schema_history).*', h::text), '; ')
            from flyway_schema_history h""";

    /** How a copy is made: from one of the copies of {@code seed}, by a script. */
    private record Recipe(ScratchDatabase seed, String script) {}

    private final Map<String, Recipe> recipes = new ConcurrentHashMap<>();

    /** By the name of their seed, those that nobody uses. */
    private final Map<String, Deque<ScratchDatabase>> idle = new ConcurrentHashMap<>();

    /** By name, where a database goes when it isn't used any more. */
    private final Map<String, Deque<ScratchDatabase>> homes = new ConcurrentHashMap<>();

    ReusedDatabases(Server server) {
        super(server);
    }

    /**
     * From now on, copies of a database are made again from others.
     *
     * @param seed an equal database, but for what {@code script} creates
     */
    void reuse(ScratchDatabase original, ScratchDatabase seed, String script) {
        boolean migrated = !original.rows("select from pg_class where relname = 'flyway_schema_history'")
                .isEmpty();
        String history = migrated ? original.rows(HISTORY).getFirst().getFirst() : "";
        recipes.put(original.name(), new Recipe(seed, script + ";\n" + history));
    }

    @Override
    public ScratchDatabase copyOf(ScratchDatabase original) {
        Recipe recipe = recipes.get(original.name());
        return recipe == null ? super.copyOf(original) : made(recipe);
    }

    private ScratchDatabase made(Recipe recipe) {
        Deque<ScratchDatabase> home = idle.computeIfAbsent(recipe.seed().name(), seed -> new ConcurrentLinkedDeque<>());
        ScratchDatabase database = home.poll();
        if (database == null) {
            database = super.copyOf(recipe.seed());
            homes.put(database.name(), home);
        }
        try {
            database.run(EMPTY);
            assertThat(CatalogFingerprint.of(database).lines()).isEmpty();
            database.run(recipe.script());
        } catch (SQLException e) {
            throw new IllegalStateException("A database can't be used again", e);
        }
        return database;
    }

    @Override
    public void drop(ScratchDatabase database) {
        Deque<ScratchDatabase> home = homes.get(database.name());
        if (home == null) {
            super.drop(database);
        } else {
            home.push(database);
        }
    }
}
