package dev.tandem.tool.model.addition;

import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Outcome;
import dev.tandem.tool.model.project.Texts;
import dev.tandem.tool.model.render.SourceFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Merges a text that its owner has changed with what the tool writes now, line by line, as git does. */
final class Merge {

    private static final Pattern IMPORTS = Pattern.compile("(?m)^import [^;\\n]+;\\n(?:\\n*import [^;\\n]+;\\n)*");

    /** From this exit code on, git has not merged; below, it is the number of conflicts. */
    private static final int FAILED = 128;

    private final Path folder;
    private final SourceFormat format = new SourceFormat();

    Merge(Checkout checkout) {
        this.folder = checkout.work().resolve("merge");
    }

    /**
     * Merges lines.
     *
     * @param yours as the owner has it
     * @param before as it was written
     * @param now as it would be written now
     * @throws ModelRefusal if git does not merge
     */
    Merged lines(String yours, String before, String now) {
        Texts.write(folder.resolve("yours"), yours);
        Texts.write(folder.resolve("before"), before);
        Texts.write(folder.resolve("now"), now);
        Merged merged = new Merged(git("--ours"), git("--theirs"));
        Texts.clear(folder);
        return merged;
    }

    private String git(String choice) {
        Outcome outcome =
                Outcome.of(List.of("git", "merge-file", "-p", "-q", choice, "yours", "before", "now"), folder);
        if (outcome.code() >= FAILED) {
            throw new ModelRefusal("git does not merge: " + outcome.output());
        }
        return outcome.output();
    }

    /** Merges a source. Its imports are a set: lines of them that are side by side have nothing to do with each other. */
    Merged java(String yours, String before, String now) {
        String imports = imports(yours, now);
        Merged merged = lines(with(imports, yours), with(imports, before), with(imports, now));
        if (!merged.isClean()) {
            return merged;
        }
        String tidy = format.tidied(merged.text());
        return new Merged(tidy, tidy);
    }

    private static String imports(String... sources) {
        List<String> all = Stream.of(sources)
                .flatMap(source -> IMPORTS.matcher(source).results())
                .flatMap(block -> block.group().lines())
                .filter(line -> !line.isEmpty())
                .distinct()
                .sorted()
                .toList();
        List<String> blocks = new ArrayList<>();
        for (boolean isStatic : new boolean[] {true, false}) {
            String block = String.join(
                    "\n",
                    all.stream()
                            .filter(line -> line.startsWith("import static ") == isStatic)
                            .toList());
            if (!block.isEmpty()) {
                blocks.add(block + "\n");
            }
        }
        return String.join("\n", blocks);
    }

    private static String with(String imports, String source) {
        return IMPORTS.matcher(source).replaceFirst(Matcher.quoteReplacement(imports));
    }
}
