package dev.tandem.tool.model.project;

import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.project.Models.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a model back: what was written for it and has not been changed since. */
public final class Removal {

    private final Checkout checkout;
    private final Models models;

    public Removal(Checkout checkout, Models models) {
        this.checkout = checkout;
        this.models = models;
    }

    /** What cannot be taken back, because it was changed; empty if everything can. */
    public List<String> obstacles(Manifest manifest) {
        List<String> obstacles = new ArrayList<>();
        Models.states(checkout, manifest).forEach((path, state) -> {
            if (state == State.CHANGED) {
                obstacles.add(path);
            }
        });
        return obstacles;
    }

    /**
     * All that is changed in the project when a model is taken back.
     *
     * @throws ModelRefusal if another model refers to it
     */
    public List<Change> changes(Manifest manifest) {
        List<String> referring = models.referringTo(manifest.word());
        if (!referring.isEmpty()) {
            throw new ModelRefusal("The model " + manifest.word() + " stays while others refer to it: "
                    + String.join(", ", referring));
        }
        boolean isShared = isShared(manifest);
        Map<Path, Change> changes = new LinkedHashMap<>();
        for (String path : manifest.files().keySet()) {
            if (!(isShared && isScript(path)) && Files.exists(checkout.root().resolve(path))) {
                changes.put(Path.of(path), deleted(Path.of(path)));
            }
        }
        for (Manifest.Inserted inserted : manifest.insertions()) {
            Path page = Path.of(inserted.page());
            Change so = changes.computeIfAbsent(page, path -> {
                String text = Texts.read(checkout.root().resolve(path));
                return new Change(path, text, text);
            });
            changes.put(page, new Change(page, so.before(), without(so, inserted.text())));
        }
        if (isShared) {
            dropped(manifest, List.copyOf(changes.keySet()))
                    .forEach((path, text) -> changes.put(path, new Change(path, null, text)));
        }
        Path own = Manifest.path(manifest.word());
        changes.put(own, deleted(own));
        Path leftovers = checkout.leftovers(manifest.word());
        if (Files.exists(checkout.root().resolve(leftovers))) {
            changes.put(leftovers, deleted(leftovers));
        }
        return List.copyOf(changes.values());
    }

    private static String without(Change change, String text) {
        return new PageText(String.valueOf(change.after())).without(text).text();
    }

    private Change deleted(Path path) {
        return new Change(path, Texts.read(checkout.root().resolve(path)), null);
    }

    /** Whether others may have applied one of its migrations: it is committed, or a script of somebody else follows it. */
    private boolean isShared(Manifest manifest) {
        for (String path : manifest.files().keySet()) {
            if (isScript(path) && (isCommitted(path) || isFollowed(Path.of(path), manifest))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isScript(String path) {
        return path.endsWith(".sql");
    }

    private boolean isCommitted(String path) {
        return Outcome.of(List.of("git", "cat-file", "-e", "HEAD:./" + path), checkout.root())
                        .code()
                == 0;
    }

    private boolean isFollowed(Path script, Manifest manifest) {
        return script.startsWith(Checkout.MIGRATIONS)
                && Texts.under(checkout.migrations()).stream()
                        .filter(other -> other.getFileName().compareTo(script.getFileName()) > 0)
                        .map(other -> Manifest.key(checkout.root().relativize(other)))
                        .anyMatch(other -> !manifest.files().containsKey(other));
    }

    /** The scripts of a revision that drops the table. */
    private Map<Path, String> dropped(Manifest manifest, List<Path> gone) {
        Scratch scratch = new Scratch(checkout, manifest.word());
        scratch.compile(gone);
        Map<Path, String> scripts = scratch.revision(
                "drop " + manifest.name().spoken(),
                "--allow-drop",
                manifest.name().table());
        scratch.clear();
        return manifest.searchable() == null
                ? scripts
                : new DerivedDocuments(manifest.name()).removedBy(scripts, Checkout.MIGRATIONS);
    }
}
