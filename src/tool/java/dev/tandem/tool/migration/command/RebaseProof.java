package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import dev.tandem.tool.migration.script.ScriptHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs moved scripts in their new place, in a private folder, before anything is written. */
final class RebaseProof {

    /** PostgreSQL's words for what is there already. */
    private static final Pattern SAME =
            Pattern.compile("(\\w+) \"([^\"]+)\"(?: (?:of|for) relation \"([^\"]+)\")? already exists");

    private final Rebase rebase;
    private final ScratchDatabases databases;
    private final Map<String, CatalogFingerprint> before = new HashMap<>();

    RebaseProof(Rebase rebase, ScratchDatabases databases) {
        this.rebase = rebase;
        this.databases = databases;
    }

    /**
     * The rebase with the fingerprints that its scripts lead to.
     *
     * @throws MigrationRefusal if a script does not run there, or an undo script does not lead back
     */
    Rebase proven() {
        try {
            Path folder = Files.createTempDirectory("tandem-rebase");
            try {
                return proven(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new MigrationRefusal("Can't write a temporary folder: " + e.getMessage(), e);
        }
    }

    private Rebase proven(Path folder) throws IOException {
        for (MigrationScript script : rebase.kept()) {
            Files.writeString(folder.resolve(script.fileName()), script.text());
        }
        ScratchDatabase database = databases.create();
        MigratedSchema history = new MigratedSchema(folder);
        history.migrate(database.server());
        List<MigrationScript> proven = new ArrayList<>();
        for (MigrationScript script : rebase.scripts()) {
            before.put(script.version(), Proof.of(database));
            Files.writeString(folder.resolve(script.fileName()), script.text());
            try {
                history.migrate(database.server());
            } catch (MigrationRefusal refusal) {
                throw new MigrationRefusal(misfit(script, refusal), refusal);
            }
            proven.add(script.with(new ScriptHeader(script.header().parent(), Optional.of(Proof.hash(database)))));
            takeBack(script, database);
        }
        return rebase.with(proven);
    }

    /** Most often, both branches have made the same thing, which PostgreSQL names. */
    private String misfit(MigrationScript script, MigrationRefusal refusal) {
        Matcher same = SAME.matcher(refusal.getMessage());
        String why = same.find()
                ? ", because both branches create the same " + thing(same) + ". Take it out of one of them"
                : "";
        return script.fileName() + " can't follow " + rebase.kept().getLast().fileName() + why + ": "
                + refusal.getMessage();
    }

    /** Such as {@code column book.pages}. */
    private static String thing(MatchResult same) {
        String kind = same.group(1).equals("relation") ? "table or index" : same.group(1);
        return kind + " " + (same.group(3) == null ? "" : same.group(3) + ".") + same.group(2);
    }

    private void takeBack(MigrationScript script, ScratchDatabase database) {
        Undo undo = new Undo(new ScriptFolder(Path.of(""), rebase.undo()));
        for (MigrationScript way : undo.endingWith(script.version())) {
            ScratchDatabase copy = databases.copyOf(database);
            undo.run(way, copy.server());
            if (!Proof.of(copy).equals(before.get(way.version()))) {
                throw new MigrationRefusal(
                        way.undoName() + " does not lead back any more; delete it, or write it anew");
            }
            databases.drop(copy);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
