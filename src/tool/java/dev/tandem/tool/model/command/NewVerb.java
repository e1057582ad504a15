package dev.tandem.tool.model.command;

import dev.tandem.tool.migration.command.Console;
import dev.tandem.tool.migration.command.ExitCode;
import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.grammar.ModelReader;
import dev.tandem.tool.model.project.Change;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Diff;
import dev.tandem.tool.model.project.Making;
import dev.tandem.tool.model.project.Manifest;
import dev.tandem.tool.model.project.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code new}: a model, from its record to its tests. */
@Command(
        name = "new",
        description = {
            "Writes a model: record, entity, migration, factory, mapper, repository, service, routes, tests and documentation.",
            "All of it is compiled and its migration is proven before the first file is written."
        },
        footer = {
            "",
            "Examples:",
            "  ./model new country name:string:2..60:required:unique",
            "  ./model new author name:string:1..200:required:unique labels:list:string:20 country:ref:country:restrict",
            "  ./model new recipe title:string:required body:text minutes:int --searchable title=title content=body metadata=minutes"
        })
final class NewVerb extends Verb {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name, in the singular and in camel case.")
    String word = "";

    @Parameters(
            index = "1..*",
            paramLabel = "FIELD",
            description = "name:type[:arguments][:required][:unique]; docs/model.md has the types.")
    List<String> words = new ArrayList<>();

    @Option(
            names = "--searchable",
            description =
                    "Make each record a document too. Which fields become what: title=FIELD content=FIELD metadata=FIELD,FIELD..")
    boolean isSearchable;

    @Option(names = "--plural", paramLabel = "PLURAL", description = "The name's plural, if it is not a regular one.")
    @Nullable
    String plural;

    @Option(names = "--diff", description = "Print the changes as git apply takes them, and make none.")
    boolean diff;

    NewVerb(Checkout checkout, Console console) {
        super(checkout, console);
    }

    @Override
    int call(Models models) {
        if (models.has(word)) {
            return again(models.get(word));
        }
        Model model = new ModelReader(models.names()).read(word, plural, fields(), parts());
        List<Change> changes =
                console.during("Writing and proving the model", () -> new Making(checkout, models).changes(model));
        if (diff) {
            console.out().print(Diff.of(changes, checkout));
            console.out().flush();
            return ExitCode.OK;
        }
        make(changes);
        console.note("Next: ./mvnw verify, then commit; ./model undo " + word + " takes it back");
        return ExitCode.OK;
    }

    private List<String> fields() {
        return words.stream().filter(text -> !isPart(text)).toList();
    }

    /** Null if the records are no documents. */
    private @Nullable List<String> parts() {
        List<String> parts = words.stream().filter(NewVerb::isPart).toList();
        if (!isSearchable && !parts.isEmpty()) {
            throw new ModelRefusal(parts.getFirst() + ": the parts of a document come with --searchable");
        }
        return isSearchable ? parts : null;
    }

    private static boolean isPart(String text) {
        return text.matches("[a-z]+=.*");
    }

    private int again(Manifest manifest) {
        boolean isSame = manifest.fields().equals(fields())
                && Objects.equals(manifest.searchable(), parts())
                && (plural == null || plural.equals(manifest.plural()));
        if (!isSame) {
            throw new ModelRefusal(
                    "The model " + word + " exists, and has other fields: " + String.join(" ", manifest.fields())
                            + (manifest.searchable() == null
                                    ? ""
                                    : " --searchable " + String.join(" ", manifest.searchable()))
                            + "\n./model add gives it more; anything else is changed by hand, and ./db revision --autogenerate writes the migration");
        }
        console.line("Nothing to do: the model " + word + " is there");
        return ExitCode.OK;
    }
}
