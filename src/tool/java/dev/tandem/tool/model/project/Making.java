package dev.tandem.tool.model.project;

import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.render.Insertion;
import dev.tandem.tool.model.render.Rendered;
import dev.tandem.tool.model.render.Renderer;
import dev.tandem.tool.model.types.ModelName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a model: in a scratch copy first, where it is compiled and its migration is proven. */
public final class Making {

    private static final String END_OF_SECTIONS = "## The service";
    private static final String END_OF_CONTENTS = "- [The service]";
    private static final String END_OF_PROBLEMS = "# Not now";

    private final Checkout checkout;
    private final Models models;

    public Making(Checkout checkout, Models models) {
        this.checkout = checkout;
        this.models = models;
    }

    /**
     * All that a model changes in the project, which stays as it is.
     *
     * @throws dev.tandem.tool.model.ModelRefusal if it clashes with what is there, or is not proven
     */
    public List<Change> changes(Model model) {
        Rendered rendered = new Renderer().render(model);
        new Clashes(checkout).refuse(model, rendered.files().keySet());
        Map<Path, String> files = new LinkedHashMap<>(rendered.files());
        Scratch scratch = new Scratch(checkout, model.name().word());
        files.forEach(scratch::write);
        scratch.compile(List.of());
        Map<Path, String> scripts = scratch.revision("create " + model.name().spoken());
        files.putAll(
                model.searchable() == null
                        ? scripts
                        : new DerivedDocuments(model.name()).removedBy(scripts, Checkout.UNDO));
        scratch.clear();
        Manifest manifest = Manifest.of(model, files, rendered.insertions());
        files.put(Manifest.path(model.name().word()), manifest.json());
        List<Change> changes = new ArrayList<>(pages(rendered.insertions()));
        files.forEach((path, text) -> changes.add(new Change(path, null, text)));
        return changes;
    }

    private List<Change> pages(List<Insertion> insertions) {
        Map<Path, String> before = new LinkedHashMap<>();
        Map<Path, PageText> after = new LinkedHashMap<>();
        for (Insertion insertion : insertions) {
            Path page = insertion.page();
            PageText text = after.computeIfAbsent(page, path -> {
                before.put(path, Texts.read(checkout.root().resolve(path)));
                return new PageText(before.get(path));
            });
            after.put(page, inserted(text, insertion.text()));
        }
        return before.keySet().stream()
                .map(page -> new Change(page, before.get(page), after.get(page).text()))
                .toList();
    }

    /** The page with a piece more. Where it belongs is told by how it begins. */
    public PageText inserted(PageText page, String piece) {
        if (piece.startsWith("| ")) {
            return page.withRow(piece);
        }
        if (piece.startsWith("- ")) {
            return page.withSection(piece, END_OF_CONTENTS, others(ModelName::contentsLine));
        }
        return piece.startsWith("## ")
                ? page.withSection(piece, END_OF_SECTIONS, others(name -> "## " + name.headingPlural()))
                : page.withSection(piece, END_OF_PROBLEMS, others(name -> "# " + name.headingPlural()));
    }

    private Set<String> others(Function<ModelName, String> line) {
        return models.names().values().stream().map(line).collect(Collectors.toSet());
    }
}
