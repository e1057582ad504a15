package dev.tandem.tool.model.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.types.ModelName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What was written for a model.
 *
 * @param fields the arguments that it was made from
 * @param files the SHA-256 of each new file as it was written, by its path
 * @param insertions what was added to other files
 * @param references the models that it refers to
 */
public record Manifest(
        String word,
        String plural,
        List<String> fields,
        Map<String, String> files,
        List<Inserted> insertions,
        List<String> references) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Whole lines that were added to a page. */
    public record Inserted(String page, String text) {}

    static Path path(String word) {
        return Checkout.MANIFESTS.resolve(word + ".json");
    }

    public ModelName name() {
        return new ModelName(word, plural);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this).replace("\r\n", "\n") + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Manifest read(Path file) {
        try {
            return JSON.readValue(Texts.read(file), Manifest.class);
        } catch (JsonProcessingException e) {
            throw new ModelRefusal(file + " is not a manifest that ./model has written: " + e.getOriginalMessage(), e);
        }
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
