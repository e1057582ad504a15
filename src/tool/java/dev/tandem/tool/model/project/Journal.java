package dev.tandem.tool.model.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.tool.model.ModelRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes changes together or not at all: what was there is written down first, and put back when something comes between. */
public final class Journal {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Checkout checkout;
    private final Path file;

    public Journal(Checkout checkout) {
        this.checkout = checkout;
        this.file = checkout.work().resolve("journal.json");
    }

    /** Makes the changes. */
    public void make(List<Change> changes) {
        Map<String, @Nullable String> before = new LinkedHashMap<>();
        changes.forEach(change -> before.put(change.path().toString(), change.before()));
        try {
            Texts.write(file, JSON.writeValueAsString(before));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        try {
            changes.forEach(change -> put(change.path(), change.after()));
        } catch (ModelRefusal e) {
            takeBack();
            throw e;
        }
        Texts.delete(file, checkout.work());
    }

    /** Takes back what a call before this one has begun and not ended; returns whether there was such a thing. */
    public boolean takeBack() {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Map<String, @Nullable String> before = JSON.readValue(Texts.read(file), new TypeReference<>() {});
            before.forEach((path, text) -> put(Path.of(path), text));
        } catch (JsonProcessingException e) {
            // It was not written to its end, so nothing had been changed.
        }
        Texts.delete(file, checkout.work());
        return true;
    }

    private void put(Path path, @Nullable String text) {
        Path changed = checkout.root().resolve(path);
        if (text == null) {
            Texts.delete(changed, checkout.root());
        } else {
            Texts.write(changed, text);
        }
    }
}
