package dev.tandem.factory.collection;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.collection.TimeToLive;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.factory.collection.CollectionDraft.Chunks;
import dev.tandem.factory.collection.CollectionDraft.Embedding;
import dev.tandem.factory.collection.CollectionDraft.History;
import dev.tandem.factory.rules.Choice;
import dev.tandem.factory.rules.MergePatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch of a collection's description: null resets a member to its default, an object is merged, and any other value replaces the
 * member.
 *
 * @param members as parsed from JSON, each of the type that its field has in the description
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
public record CollectionPatch(Map<String, @Nullable Object> members) {

    private static final String EMBEDDING = "embedding";
    private static final String CHUNKING = "chunking";
    private static final String MAX_TOKENS = "maxTokens";
    private static final String SCHEMA = "metadataSchema";

    /** The description that results from applying the patch to a collection. */
    public CollectionDraft apply(Collection collection) {
        return draft(MergePatch.merge(described(collection), members));
    }

    /**
     * The description of a new collection that is like an existing one, apart from the name and from what the patch changes. A metadata schema is one
     * value: the new collection has the one of the patch, and nothing of the other. How long vectors are goes with their model.
     */
    public CollectionDraft like(Collection collection) {
        Map<String, @Nullable Object> described = described(collection);
        described.remove("name");
        Map<String, @Nullable Object> merged = MergePatch.merge(described, members);
        if (members.containsKey(SCHEMA)) {
            merged.put(SCHEMA, members.get(SCHEMA));
        }
        if (merged.get(EMBEDDING) instanceof Map<?, ?> embedding
                && !collection.embedding().model().equals(embedding.get("model"))
                && !names(EMBEDDING, "dimensions")) {
            merged.put(EMBEDDING, without(embedding, "dimensions"));
        }
        return draft(merged);
    }

    /**
     * The same refusal of what has resulted from the patch, with pointers into the patch: a value that it leaves out may have become wrong by another
     * one that it has.
     */
    public Refusal.Rejected pointing(Refusal.Rejected refusal) {
        return new Refusal.Rejected(refusal.violations().stream()
                .map(violation -> new Violation(blamed(violation.pointer()), violation.code(), violation.message()))
                .toList());
    }

    private String blamed(String pointer) {
        boolean isOverlap = pointer.equals("/chunking/overlapTokens") && !names(CHUNKING, "overlapTokens");
        if (isOverlap && names(CHUNKING, MAX_TOKENS)) {
            return "/chunking/maxTokens";
        }
        boolean isLength = pointer.equals("/chunking/maxTokens") && !names(CHUNKING, MAX_TOKENS);
        return isLength && names(EMBEDDING, "model") ? "/embedding/model" : pointer;
    }

    private boolean names(String member, String inner) {
        return members.get(member) instanceof Map<?, ?> object && object.containsKey(inner);
    }

    private static Map<String, @Nullable Object> without(Map<?, ?> object, String member) {
        Map<String, @Nullable Object> rest = MergePatch.merge(object, Map.of());
        rest.remove(member);
        return rest;
    }

    /** Whether the patch says which indexes of metadata there are to be, be it those that are there. */
    public boolean declaresIndexes() {
        return members.containsKey("indexes");
    }

    private static CollectionDraft draft(Map<String, @Nullable Object> patched) {
        return new CollectionDraft(
                (String) patched.get("name"),
                (String) patched.get("description"),
                patched.get("embedding") instanceof Map<?, ?> embedding ? embedding(embedding) : null,
                patched.get("chunking") instanceof Map<?, ?> chunking ? chunking(chunking) : null,
                (String) patched.get("language"),
                patched.get("metadataSchema") instanceof Map<?, ?> schema ? MergePatch.merge(schema, Map.of()) : null,
                (Boolean) patched.get("requireIfMatch"),
                patched.get("history") instanceof Map<?, ?> history ? history(history) : null,
                (String) patched.get("engine"),
                (String) patched.get("timeToLive"),
                patched.get("indexes") instanceof List<?> indexes ? indexes(indexes) : null);
    }

    /** The description as a JSON object. */
    private static Map<String, @Nullable Object> described(Collection collection) {
        CollectionSettings settings = collection.settings();
        Map<String, @Nullable Object> described = new HashMap<>();
        described.put("name", collection.name());
        described.put("description", collection.description());
        described.put(
                "embedding",
                Map.of(
                        "model", settings.embedding().model(),
                        "dimensions", settings.embedding().dimensions(),
                        "metric", Choice.word(settings.embedding().metric())));
        described.put(
                "chunking",
                Map.of(
                        "maxTokens", settings.chunking().maxTokens(),
                        "overlapTokens", settings.chunking().overlapTokens()));
        described.put("language", Choice.word(settings.language()));
        described.put("metadataSchema", settings.metadataSchema());
        described.put("requireIfMatch", settings.requireIfMatch());
        described.put(
                "history",
                Map.of(
                        "maxVersions", settings.history().maxVersions(),
                        "maxDays", settings.history().maxDays()));
        described.put("engine", settings.index().engine());
        TimeToLive timeToLive = settings.timeToLive();
        described.put("timeToLive", timeToLive == null ? null : timeToLive.toString());
        described.put(
                "indexes",
                settings.indexes().stream().map(FieldPath::besideOwnFields).toList());
        return described;
    }

    private static Embedding embedding(Map<?, ?> json) {
        return new Embedding((String) json.get("model"), (Integer) json.get("dimensions"), (String) json.get("metric"));
    }

    private static List<@Nullable String> indexes(List<?> json) {
        List<@Nullable String> paths = new ArrayList<>();
        json.forEach(path -> paths.add((String) path));
        return paths;
    }

    private static Chunks chunking(Map<?, ?> json) {
        return new Chunks((Integer) json.get("maxTokens"), (Integer) json.get("overlapTokens"));
    }

    private static History history(Map<?, ?> json) {
        return new History((Integer) json.get("maxVersions"), (Integer) json.get("maxDays"));
    }
}
