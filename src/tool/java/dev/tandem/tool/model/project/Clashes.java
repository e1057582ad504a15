package dev.tandem.tool.model.project;

import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.types.Field;
import dev.tandem.tool.model.types.ModelName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds what a project has already of what a model would bring. */
public final class Clashes {

    private static final Path PROBLEMS = Path.of("docs/problems.md");

    private final Checkout checkout;
    private final Map<Path, String> sources = new LinkedHashMap<>();

    public Clashes(Checkout checkout) {
        this.checkout = checkout;
        Path main = checkout.mainSources().resolve("dev/tandem");
        for (Path file : Texts.under(main)) {
            if (file.toString().endsWith(".java")) {
                sources.put(main.relativize(file), Texts.read(file));
            }
        }
    }

    /** @throws ModelRefusal with everything that is there already */
    void refuse(Model model, Iterable<Path> files) {
        ModelName name = model.name();
        List<String> clashes = new ArrayList<>();
        existing(files, clashes);
        add(clashes, "table", name.table(), "\\bname = \"" + name.table() + "\"", "database/entity");
        add(clashes, "address", "/v1/" + name.path(), "\"/v1/" + name.path() + "[\"/:{]", "api");
        if (Texts.read(checkout.root().resolve(PROBLEMS)).contains("\n## `" + name.table() + ".")) {
            clashes.add("Problems of something else have codes that begin with " + name.table() + ".");
        }
        add(
                clashes,
                "name in the description of the API",
                name.type() + "..",
                "(?:record|class) " + name.type() + "(?:Request|View|Patch|Replacement|ListView)\\b|name = \""
                        + name.type() + "(?:Request|View|Patch|Replacement|ListView)\"",
                "");
        model.enums().forEach(field -> enumeration(field, clashes));
        for (Path source : sources.keySet()) {
            if (source.getNameCount() > 2
                    && source.subpath(1, source.getNameCount() - 1).toString().equals(name.folder())) {
                clashes.add("The folder " + source.getParent() + " is about something else already");
                break;
            }
        }
        ModelRefusal.ifAny(clashes.stream().distinct().toList());
    }

    /**
     * For a model that gets more.
     *
     * @param added its new fields
     * @param files its new files
     * @throws ModelRefusal with everything that is there already
     */
    public void refuse(List<Field> added, Iterable<Path> files) {
        List<String> clashes = new ArrayList<>();
        existing(files, clashes);
        added.stream().filter(Field::isEnum).forEach(field -> enumeration(field, clashes));
        ModelRefusal.ifAny(clashes.stream().distinct().toList());
    }

    private void existing(Iterable<Path> files, List<String> clashes) {
        for (Path file : files) {
            if (Files.exists(checkout.root().resolve(file))) {
                clashes.add(file + " exists already");
            }
        }
    }

    private void enumeration(Field field, List<String> clashes) {
        String name = field.className();
        add(clashes, "name in the description of the API", name, "(?:enum|record|class) " + name + "\\b", "");
    }

    private void add(List<String> clashes, String what, String name, String pattern, String room) {
        Pattern taken = Pattern.compile(pattern);
        sources.entrySet().stream()
                .filter(source -> room.isEmpty() || source.getKey().startsWith(room))
                .filter(source -> taken.matcher(source.getValue()).find())
                .findFirst()
                .ifPresent(source -> clashes.add("The " + what + " " + name + " is taken by " + source.getKey()));
    }
}
