package dev.tandem.tool.model.command;

import dev.tandem.tool.migration.command.Console;
import dev.tandem.tool.migration.command.ExitCode;
import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.addition.Adding;
import dev.tandem.tool.model.addition.Addition;
import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.grammar.ModelReader;
import dev.tandem.tool.model.project.Change;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Diff;
import dev.tandem.tool.model.project.Manifest;
import dev.tandem.tool.model.project.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code add}: fields more for a model. */
@Command(
        name = "add",
        description = {
            "Gives a model more fields. Files that are as they were written are made anew; in those that were changed, the new is merged into the changed.",
            "What was changed at the same place stays, and a patch has what is to be done there by hand, exit code 1."
        },
        footer = {
            "",
            "Examples:",
            "  ./model add author nickname:string:0..100",
            "  ./model add author rank:int:0..10:required --backfill rank=0"
        })
final class AddVerb extends Verb {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    String word = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FIELD",
            description = "name:type[:arguments][:required][:unique]; docs/model.md has the types.")
    List<String> fields = new ArrayList<>();

    @Option(
            names = "--backfill",
            paramLabel = "FIELD=SQL",
            description = "What rows that exist already get in a required field. Repeatable.")
    List<String> backfills = new ArrayList<>();

    @Option(names = "--diff", description = "Print the changes as git apply takes them, and make none.")
    boolean diff;

    AddVerb(Checkout checkout, Console console) {
        super(checkout, console);
    }

    @Override
    int call(Models models) {
        Manifest manifest = models.get(word);
        List<String> added = fields.stream()
                .filter(field -> !manifest.fields().contains(field))
                .toList();
        if (added.isEmpty()) {
            console.line("Nothing to do: the model " + word + " has this already");
            return ExitCode.OK;
        }
        Path leftovers = checkout.leftovers(word);
        if (Files.exists(checkout.root().resolve(leftovers))) {
            throw new ModelRefusal(leftovers
                    + " has what is left to do by hand of what was added before; when it is done, delete the file");
        }
        List<String> all =
                Stream.concat(manifest.fields().stream(), added.stream()).toList();
        Model model = new ModelReader(models.names()).read(word, manifest.plural(), all, manifest.searchable());
        Map<String, String> values = values();
        Addition addition = console.during(
                "Writing and proving the change", () -> new Adding(checkout, models).of(manifest, model, values));
        if (diff) {
            console.out().print(Diff.of(addition.changes(), checkout));
            console.out().flush();
        } else {
            make(addition, leftovers);
        }
        return told(addition, leftovers);
    }

    private void make(Addition addition, Path leftovers) {
        List<Change> changes = new ArrayList<>(addition.changes());
        if (!addition.leftovers().isEmpty()) {
            changes.add(new Change(leftovers, null, Diff.of(addition.leftovers(), checkout)));
        }
        make(changes);
    }

    private int told(Addition addition, Path leftovers) {
        addition.notes().forEach(console::warning);
        addition.leftovers().forEach(left -> console.note(console.yellow("by hand ") + left.path()));
        if (!addition.leftovers().isEmpty()) {
            console.error("Somebody has changed or deleted these at the same places, where they stay as they are. "
                    + leftovers + (diff ? " would have" : " has") + " what the tool would write there");
        }
        addition.advice().forEach(console::error);
        if (addition.isComplete()) {
            console.note("Next: ./mvnw verify, then commit");
            return ExitCode.OK;
        }
        return ExitCode.TO_DO;
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String backfill : backfills) {
            int end = backfill.indexOf('=');
            if (end < 1) {
                throw new ModelRefusal("\"" + backfill + "\" is no backfill; write FIELD=SQL, such as rank=0");
            }
            values.put(backfill.substring(0, end), backfill.substring(end + 1));
        }
        return values;
    }
}
