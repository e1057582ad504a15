package dev.tandem.tool.model.project;

import dev.tandem.tool.model.ModelRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Changes as {@code git apply} takes them. */
public final class Diff {

    private Diff() {}

    /** @throws ModelRefusal if there is no git */
    public static String of(List<Change> changes, Checkout checkout) {
        Path folder = checkout.work().resolve("diff");
        Texts.clear(folder);
        try {
            Files.createDirectories(folder.resolve("a"));
            Files.createDirectories(folder.resolve("b"));
        } catch (IOException e) {
            throw new ModelRefusal("Can't write " + folder + ": " + e.getMessage(), e);
        }
        for (Change change : changes) {
            if (change.before() != null) {
                Texts.write(folder.resolve("a").resolve(change.path()), change.before());
            }
            if (change.after() != null) {
                Texts.write(folder.resolve("b").resolve(change.path()), change.after());
            }
        }
        Outcome outcome = Outcome.of(
                List.of(
                        "git",
                        "-c",
                        "core.quotePath=false",
                        "diff",
                        "--no-index",
                        "--no-color",
                        "--no-renames",
                        "--no-prefix",
                        "a",
                        "b"),
                folder);
        Texts.clear(folder);
        if (outcome.code() > 1) {
            throw new ModelRefusal("git does not compare: " + outcome.output());
        }
        return outcome.output();
    }
}
