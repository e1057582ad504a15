package dev.tandem.tool.model.addition;

import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.project.Change;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Clashes;
import dev.tandem.tool.model.project.Making;
import dev.tandem.tool.model.project.Manifest;
import dev.tandem.tool.model.project.Models;
import dev.tandem.tool.model.project.Scratch;
import dev.tandem.tool.model.project.Texts;
import dev.tandem.tool.model.render.Rendered;
import dev.tandem.tool.model.render.Renderer;
import dev.tandem.tool.model.types.Field;
import dev.tandem.tool.model.types.ModelName;
import dev.tandem.tool.model.types.RefType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Gives a model more fields: in a scratch copy first, where it is compiled and its migration is proven. */
public final class Adding {

    private final Checkout checkout;
    private final Models models;

    public Adding(Checkout checkout, Models models) {
        this.checkout = checkout;
        this.models = models;
    }

    /**
     * All that more fields change in the project, which stays as it is.
     *
     * @param model with all of its fields
     * @param values what existing rows get in a new column, as SQL, by the names of the fields
     * @throws ModelRefusal if the fields clash with what is there, or the migration is not proven
     */
    public Addition of(Manifest manifest, Model model, Map<String, String> values) {
        List<Field> added = model.fields().stream()
                .filter(field -> !manifest.fields()
                        .contains(model.arguments().get(model.fields().indexOf(field))))
                .toList();
        refuseCircles(model, added);
        ExistingRows rows = new ExistingRows(added, values);
        Rendered now = new Renderer().render(model);
        new Clashes(checkout)
                .refuse(
                        added,
                        now.files().keySet().stream()
                                .filter(path -> !manifest.files().containsKey(Manifest.key(path)))
                                .toList());
        Renewal renewal = new Renewal(checkout, new Making(checkout, models));
        renewal.renew(manifest, now);
        return migrated(manifest, model, now, renewal, new Migration(message(model, added), rows.options()));
    }

    /** How {@code ./db} is asked for the migration. */
    private record Migration(String message, List<String> options) {

        String command() {
            StringBuilder command = new StringBuilder("./db revision --autogenerate -m \"" + message + "\"");
            options.forEach(option -> command.append(' ')
                    .append(option.startsWith("--") ? option : "'" + option.replace("'", "'\\''") + "'"));
            return command.toString();
        }
    }

    private static String message(Model model, List<Field> added) {
        return "add " + String.join(", ", added.stream().map(Field::spoken).toList()) + " to "
                + model.name().spoken();
    }

    private Addition migrated(Manifest manifest, Model model, Rendered now, Renewal renewal, Migration migration) {
        Path entity = entity(model.name());
        boolean isUndecided =
                renewal.leftovers().stream().anyMatch(left -> left.path().equals(entity));
        List<String> advice = new ArrayList<>();
        Map<Path, String> scripts = new LinkedHashMap<>();
        Scratch scratch = new Scratch(checkout, manifest.word());
        renewal.changes().stream()
                .filter(change -> change.path().toString().endsWith(".java"))
                .forEach(change -> scratch.write(change.path(), String.valueOf(change.after())));
        if (isUndecided) {
            advice.add("Then write the migration: " + migration.command());
        } else {
            scratch.compileEntities();
            scripts.putAll(
                    scratch.revision(migration.message(), migration.options().toArray(String[]::new)));
        }
        if (renewal.leftovers().isEmpty()) {
            String complaints = scratch.complaints(users(model.name()));
            if (!complaints.isEmpty()) {
                advice.add("This does not compile yet:\n" + complaints);
            }
        }
        List<String> notes = scratch.notes();
        scratch.clear();
        return new Addition(
                changes(manifest, model, now, renewal, scripts), List.copyOf(renewal.leftovers()), advice, notes);
    }

    private List<Change> changes(
            Manifest manifest, Model model, Rendered now, Renewal renewal, Map<Path, String> scripts) {
        List<Change> changes = new ArrayList<>(renewal.changes());
        scripts.forEach((path, text) -> changes.add(new Change(path, null, text)));
        Map<Path, String> written = new LinkedHashMap<>(now.files());
        written.putAll(scripts);
        Path own = Manifest.path(manifest.word());
        changes.add(new Change(
                own,
                Texts.read(checkout.root().resolve(own)),
                manifest.renewed(model, written, now.insertions()).json()));
        return changes;
    }

    /** Neither of two models that refer to each other could be taken back, and a test could make none of their records. */
    private void refuseCircles(Model model, List<Field> added) {
        ModelRefusal.ifAny(added.stream()
                .filter(Field::isRef)
                .filter(field -> models.reaches(
                        ((RefType) field.type()).target().word(), model.name().word()))
                .map(field -> field.name() + ": the field refers to a model that refers to "
                        + model.name().word() + " itself, or to one that does, which ./model does not write")
                .toList());
    }

    private static Path entity(ModelName name) {
        return Path.of("src/main/java/dev/tandem/database/entity", name.type() + "Entity.java");
    }

    /** The sources that make objects of the model's classes. */
    private List<Path> users(ModelName name) {
        Pattern made = Pattern.compile("\\bnew " + name.type() + "(?:Draft|Request|View)?\\(");
        return Stream.of(checkout.mainSources(), checkout.testSources())
                .flatMap(folder -> Texts.under(folder).stream())
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> made.matcher(Texts.read(file)).find())
                .toList();
    }
}
