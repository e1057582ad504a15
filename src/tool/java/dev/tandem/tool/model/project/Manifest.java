package dev.tandem.tool.model.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.render.Insertion;
import dev.tandem.tool.model.types.ModelName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was written for a model.
 *
 * @param fields the arguments that it was made from
 * @param files the SHA-256 of each new file as it was written, by its path
 * @param insertions what was added to other files
 * @param references the models that it refers to
 * @param searchable which fields become what of a document; null if its records are no documents
 * @param sources the Java files as they were written, packed: with these, what was changed since is merged when the model gets more fields
 */
public record Manifest(
        String word,
        String plural,
        List<String> fields,
        Map<String, String> files,
        List<Inserted> insertions,
        List<String> references,
        @Nullable List<String> searchable,
        String sources) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private static final String NO_MANIFEST = " is not a manifest that ./model has written: ";

    /** Whole lines that were added to a page. */
    public record Inserted(String page, String text) {

        private static Inserted of(Insertion insertion) {
            return new Inserted(key(insertion.page()), insertion.text());
        }

        /** Whether another piece has the same place in the same page. */
        private boolean isAt(Inserted other) {
            return page.equals(other.page) && place().equals(other.place());
        }

        /** The heading of a section; the line of contents; the address in a row. */
        private String place() {
            return text.startsWith("| ")
                    ? text.substring(0, text.indexOf('|', 1))
                    : text.lines().findFirst().orElse("");
        }
    }

    /** That of a model with these files, scripts included. */
    public static Manifest of(Model model, Map<Path, String> files, List<Insertion> insertions) {
        Map<String, String> hashes = new TreeMap<>();
        Map<String, String> sources = new TreeMap<>();
        files.forEach((path, text) -> {
            hashes.put(key(path), hash(text));
            if (path.toString().endsWith(".java")) {
                sources.put(key(path), text);
            }
        });
        return new Manifest(
                model.name().word(),
                model.name().plural(),
                model.arguments(),
                hashes,
                insertions.stream().map(Inserted::of).toList(),
                model.targets().stream().map(ModelName::word).toList(),
                model.searchable() == null ? null : model.searchable().arguments(),
                Packed.of(sources));
    }

    /** The same model written anew: the scripts of before are still there, as is what is not written any more. */
    public Manifest renewed(Model model, Map<Path, String> now, List<Insertion> insertions) {
        Manifest renewed = of(model, now, insertions);
        Map<String, String> hashes = new TreeMap<>(files);
        hashes.putAll(renewed.files);
        Map<String, String> texts = new TreeMap<>(texts());
        texts.putAll(renewed.texts());
        List<Inserted> pieces = new ArrayList<>(renewed.insertions);
        insertions().stream()
                .filter(piece -> renewed.insertions.stream().noneMatch(piece::isAt))
                .forEach(pieces::add);
        return new Manifest(
                word, plural, renewed.fields, hashes, pieces, renewed.references, searchable, Packed.of(texts));
    }

    /** The Java files as they were written, by their paths. */
    public Map<String, String> texts() {
        return Packed.texts(sources);
    }

    /** What was written at the place of a piece; empty if nothing was. */
    public Optional<String> inserted(Insertion piece) {
        Inserted wanted = Inserted.of(piece);
        return insertions.stream().filter(wanted::isAt).map(Inserted::text).findFirst();
    }

    /** How a path is written in a manifest. */
    public static String key(Path path) {
        return path.toString().replace('\\', '/');
    }

    public static Path path(String word) {
        return Checkout.MANIFESTS.resolve(word + ".json");
    }

    public ModelName name() {
        return new ModelName(word, plural);
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this).replace("\r\n", "\n") + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Manifest read(Path file) {
        try {
            Manifest manifest = JSON.readValue(Texts.read(file), Manifest.class);
            Packed.texts(manifest.sources());
            return manifest;
        } catch (JsonProcessingException e) {
            throw new ModelRefusal(file + NO_MANIFEST + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusal(file + NO_MANIFEST + e.getMessage(), e);
        }
    }

    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
