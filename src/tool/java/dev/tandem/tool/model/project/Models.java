package dev.tandem.tool.model.project;

import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.types.ModelName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The models that were made in a project. */
public final class Models {

    private final Map<String, Manifest> all = new TreeMap<>();

    public Models(Checkout checkout) {
        for (Path file : Texts.under(checkout.manifests())) {
            if (file.toString().endsWith(".json")) {
                Manifest manifest = Manifest.read(file);
                all.put(manifest.word(), manifest);
            }
        }
    }

    public List<Manifest> all() {
        return List.copyOf(all.values());
    }

    /** By their words. */
    public Map<String, ModelName> names() {
        Map<String, ModelName> names = new TreeMap<>();
        all.forEach((word, manifest) -> names.put(word, manifest.name()));
        return names;
    }

    public boolean has(String word) {
        return all.containsKey(word);
    }

    /** @throws ModelRefusal if there is no such model */
    public Manifest get(String word) {
        Manifest manifest = all.get(word);
        if (manifest == null) {
            throw new ModelRefusal("There is no model " + word + " that ./model has made"
                    + (all.isEmpty() ? "" : "; these are " + String.join(", ", all.keySet())));
        }
        return manifest;
    }

    /** The models that refer to this one. */
    public List<String> referringTo(String word) {
        return all.values().stream()
                .filter(manifest -> manifest.references().contains(word))
                .map(Manifest::word)
                .toList();
    }

    /** Whether a model refers to another one, or to one that does. */
    public boolean reaches(String from, String to) {
        Deque<String> open = new ArrayDeque<>(List.of(from));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String word = open.pop();
            if (word.equals(to)) {
                return true;
            }
            if (seen.add(word) && has(word)) {
                open.addAll(get(word).references());
            }
        }
        return false;
    }

    /** Whether a file is as it was written. */
    public static State state(Checkout checkout, String path, String hash) {
        Path file = checkout.root().resolve(path);
        if (!Files.exists(file)) {
            return State.GONE;
        }
        return Manifest.hash(Texts.read(file)).equals(hash) ? State.AS_WRITTEN : State.CHANGED;
    }

    /** What has become of something that was written. */
    public enum State {
        AS_WRITTEN,
        CHANGED,
        GONE
    }

    /** What has become of each file and each piece of a page of a model. */
    public static Map<String, State> states(Checkout checkout, Manifest manifest) {
        Map<String, State> states = new TreeMap<>();
        manifest.files().forEach((path, hash) -> states.put(path, state(checkout, path, hash)));
        for (Manifest.Inserted inserted : manifest.insertions()) {
            Path page = checkout.root().resolve(inserted.page());
            boolean isThere = Files.exists(page) && new PageText(Texts.read(page)).has(inserted.text());
            states.merge(
                    inserted.page(),
                    isThere ? State.AS_WRITTEN : State.CHANGED,
                    (a, b) -> a == State.AS_WRITTEN ? b : a);
        }
        return states;
    }
}
