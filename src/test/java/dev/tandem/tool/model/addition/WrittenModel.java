package dev.tandem.tool.model.addition;

import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.grammar.ModelReader;
import dev.tandem.tool.model.project.Change;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Journal;
import dev.tandem.tool.model.project.Making;
import dev.tandem.tool.model.project.Manifest;
import dev.tandem.tool.model.project.Models;
import dev.tandem.tool.model.project.PageText;
import dev.tandem.tool.model.project.Texts;
import dev.tandem.tool.model.render.Insertion;
import dev.tandem.tool.model.render.Rendered;
import dev.tandem.tool.model.render.Renderer;
import dev.tandem.tool.model.types.ModelName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A model in a folder with the pages of the project, but without a migration. */
public final class WrittenModel {

    private static final List<Path> PAGES =
            List.of(Path.of("docs/api.md"), Path.of("docs/problems.md"), Path.of("docs/security.md"));

    private final Path root;
    private final Checkout checkout;
    private final Manifest manifest;

    /** Writes it into an empty folder. */
    public WrittenModel(Path root, String word, List<String> fields) {
        this(root, word, fields, text -> text);
    }

    /** With texts that differ from what is written today. */
    WrittenModel(Path root, String word, List<String> fields, UnaryOperator<String> older) {
        this.root = root;
        this.checkout = new Checkout(root);
        PAGES.forEach(page -> Texts.write(root.resolve(page), withoutModels(page)));
        Model model = model(word, fields);
        Rendered rendered = new Renderer().render(model);
        Map<Path, String> files = new TreeMap<>();
        rendered.files().forEach((path, text) -> files.put(path, older.apply(text)));
        files.forEach((path, text) -> Texts.write(root.resolve(path), text));
        rendered.insertions().forEach(this::insert);
        this.manifest = Manifest.of(model, files, rendered.insertions());
        Texts.write(root.resolve(Manifest.path(word)), manifest.json());
    }

    /** The project's page, without what was written for its models: the one that is written here may be named like one of them. */
    private static String withoutModels(Path page) {
        PageText text = new PageText(Texts.read(page));
        for (Manifest model : new Models(new Checkout(Path.of(""))).all()) {
            for (Manifest.Inserted piece : model.insertions()) {
                PageText before = text;
                if (piece.page().equals(Manifest.key(page))) {
                    text = before.found(piece.text())
                            .map(now -> before.replaced(now, ""))
                            .orElse(before);
                }
            }
        }
        return text.text();
    }

    private void insert(Insertion piece) {
        Path page = root.resolve(piece.page());
        PageText text = new PageText(Texts.read(page));
        Texts.write(page, making().inserted(text, piece.text()).text());
    }

    private Making making() {
        return new Making(checkout, new Models(checkout));
    }

    /** @param fields whatever else the model has; it may refer to countries */
    static Model model(String word, List<String> fields) {
        return new ModelReader(Map.of("country", ModelName.of("country"))).read(word, null, fields);
    }

    public Checkout checkout() {
        return checkout;
    }

    /** Writes it anew with these fields, as far as nobody has to decide anything; returns the rest. */
    List<Change> renew(List<String> fields) {
        Model model = model(manifest.word(), fields);
        Rendered now = new Renderer().render(model);
        Renewal renewal = new Renewal(checkout, making());
        renewal.renew(manifest, now);
        new Journal(checkout).make(renewal.changes());
        Manifest renewed = manifest.renewed(model, now.files(), now.insertions());
        Texts.write(root.resolve(Manifest.path(manifest.word())), renewed.json());
        return renewal.leftovers();
    }

    /** All files with their texts. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        Texts.under(root).stream()
                .filter(file -> !file.startsWith(checkout.work()))
                .forEach(file -> files.put(Manifest.key(root.relativize(file)), Texts.read(file)));
        return files;
    }

    /** Its Java files. */
    Map<String, String> sources() {
        Map<String, String> sources = files();
        sources.keySet().removeIf(path -> !path.endsWith(".java"));
        return sources;
    }

    /** Changes a file as somebody does by hand. */
    void edit(String path, String from, String to) {
        Path file = root.resolve(path);
        String text = Texts.read(file);
        int place = text.indexOf(from);
        if (place < 0 || place != text.lastIndexOf(from)) {
            throw new AssertionError(path + " has not once: " + from + "\n" + text);
        }
        Texts.write(file, text.replace(from, to));
    }
}
