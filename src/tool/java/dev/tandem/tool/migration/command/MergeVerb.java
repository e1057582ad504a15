package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Revision;
import dev.tandem.tool.migration.script.ScriptFolder;
import dev.tandem.tool.migration.script.ScriptHeader;
import dev.tandem.tool.migration.script.Versions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code merge}: joins heads that are deployed, so that none can be moved. */
@Command(
        name = "merge",
        description = {
            "Where two branches have each added scripts and both are deployed somewhere, writes a script that follows both.",
            "It has no statements. After it, upgrade and the start of the application apply the branch that a database lacks,",
            "also where it is older than what is applied. Both orders are proven to lead to the same schema.",
            "Where one branch is deployed nowhere, rebase it."
        },
        footer = {
            "",
            "Examples:",
            "  ./db merge -m \"merge book and author\"",
            "  ./db merge -m \"merge two of three\" V20261124090000__add_language.sql V20261124100000__add_isbn.sql"
        })
final class MergeVerb extends Verb {

    private static final String TEXT = """
            -- Merges branches that are deployed: a database gets those that it lacks before this. Nothing is to be done here.
            """;

    private static final String UNDO = """
            -- undoes: %s

            -- Nothing is to be done here: the branches stay.
            """;

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "MESSAGE",
            description = "What is merged, in a few words: the script's name.")
    String message = "";

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "The heads to merge; without any, all of them.")
    List<Path> files = List.of();

    @Mixin
    ScratchOption scratch = new ScratchOption();

    MergeVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        ScriptFolder folder = workbench.scripts();
        folder.refuseStrayParents();
        List<MigrationScript> heads = chosen(folder.heads());
        Undo undo = new Undo(workbench.undoScripts());
        String fingerprint = console().during("Proving both orders", () -> {
            try (ScratchDatabases databases = workbench.scratch(scratch.url)) {
                return new MergeProof(folder, heads, undo, databases).proven();
            }
        });
        revision(folder, heads, fingerprint).write(workbench.project()).forEach(file -> console()
                .line(console().green("wrote ") + workbench.project().root().relativize(file)));
        return ExitCode.OK;
    }

    private List<MigrationScript> chosen(List<MigrationScript> heads) {
        if (heads.size() < 2) {
            throw new MigrationRefusal("There is nothing to merge: the scripts have one head");
        }
        if (files.isEmpty()) {
            return heads;
        }
        List<String> names = heads.stream().map(MigrationScript::fileName).toList();
        List<String> wanted =
                files.stream().map(file -> file.getFileName().toString()).toList();
        wanted.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new MigrationRefusal(name + " is no head; the heads are " + String.join(", ", names));
        });
        List<MigrationScript> chosen =
                heads.stream().filter(head -> wanted.contains(head.fileName())).toList();
        if (chosen.size() < 2) {
            throw new MigrationRefusal("Name two heads at least, or none to merge all of them");
        }
        return chosen;
    }

    private Revision revision(ScriptFolder folder, List<MigrationScript> heads, String fingerprint) {
        String version = Versions.at(
                workbench.clock().instant(),
                Optional.of(folder.scripts().getLast().version()));
        ScriptHeader header =
                new ScriptHeader(heads.stream().map(MigrationScript::version).toList(), Optional.of(fingerprint));
        MigrationScript script = new MigrationScript(version, Versions.slug(message), header + "\n" + TEXT);
        MigrationScript undo = new MigrationScript(version, script.slug(), UNDO.formatted(version));
        return new Revision(
                List.of(script), Optional.of(undo), new Difference(List.of(), List.of(), List.of()), List.of());
    }
}
