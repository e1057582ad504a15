package dev.tandem.tool.migration.verify;

import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.ChosenScripts;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scratch database for each script, with what the script follows and nothing of other branches. They have to be asked for in the scripts'
 * order, because each goes on from that of a parent.
 */
public final class Lineages implements AutoCloseable {

    private final ScratchDatabases databases;
    private final ScriptFolder folder;
    private final Map<String, ScratchDatabase> reached = new HashMap<>();

    /** How many scripts have yet to go on from a version. */
    private final Map<String, Integer> awaited = new HashMap<>();

    public Lineages(ScratchDatabases databases, ScriptFolder folder) {
        this.databases = databases;
        this.folder = folder;
        folder.scripts().stream()
                .flatMap(script -> folder.parents(script).stream().limit(1))
                .forEach(parent -> awaited.merge(parent, 1, Integer::sum));
    }

    /** A database in which all is applied that a script follows. */
    public ScratchDatabase before(MigrationScript script) {
        List<String> parents = folder.parents(script);
        ScratchDatabase database = parents.isEmpty() ? databases.create() : leaving(parents.getFirst());
        if (parents.size() > 1) {
            ChosenScripts.apply(folder.lineage(parents), database);
        }
        reached.put(script.version(), database);
        return database;
    }

    /** The database of {@link #before}, in which the script has run too. */
    public ScratchDatabase after(MigrationScript script) {
        ScratchDatabase database = reached.get(script.version());
        if (database == null) {
            database = before(script);
        }
        ChosenScripts.apply(folder.lineage(script.version()), database);
        return database;
    }

    /** The last one that goes on from a version needs no copy. */
    private ScratchDatabase leaving(String parent) {
        ScratchDatabase database = reached.get(parent);
        if (database == null) {
            return databases.create();
        }
        if (awaited.merge(parent, -1, Integer::sum) > 0) {
            return databases.copyOf(database);
        }
        reached.remove(parent);
        return database;
    }

    @Override
    public void close() {
        reached.values().forEach(databases::drop);
    }
}
