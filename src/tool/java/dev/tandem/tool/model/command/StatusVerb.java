package dev.tandem.tool.model.command;

import dev.tandem.tool.migration.command.Console;
import dev.tandem.tool.migration.command.ExitCode;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Manifest;
import dev.tandem.tool.model.project.Models;
import dev.tandem.tool.model.project.Models.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code status}: what has become of what was written. */
@Command(
        name = "status",
        description = "Says of each model which of its files were changed since they were written, and which are gone.",
        footer = {"", "Example:", "  ./model status"})
final class StatusVerb extends Verb {

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "One model; without it, all of them.")
    @Nullable
    String word;

    StatusVerb(Checkout checkout, Console console) {
        super(checkout, console);
    }

    @Override
    int call(Models models) {
        List<Manifest> wanted = word == null ? models.all() : List.of(models.get(word));
        if (wanted.isEmpty()) {
            console.line("No models were made by ./model");
        }
        for (Manifest manifest : wanted) {
            Map<String, State> states = Models.states(checkout, manifest);
            long asWritten = states.values().stream()
                    .filter(state -> state == State.AS_WRITTEN)
                    .count();
            console.line(manifest.word() + " " + String.join(" ", manifest.fields()));
            console.line("  as written: " + asWritten + " of " + states.size() + " files");
            states.forEach((path, state) -> {
                if (state != State.AS_WRITTEN) {
                    console.line("  " + console.yellow(state.name().toLowerCase(Locale.ROOT)) + ": " + path);
                }
            });
        }
        return ExitCode.OK;
    }
}
