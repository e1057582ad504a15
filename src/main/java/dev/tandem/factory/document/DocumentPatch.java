package dev.tandem.factory.document;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.MergePatch;
import dev.tandem.factory.rules.MetadataRules;
import dev.tandem.factory.rules.TextRules;
import dev.tandem.factory.rules.VectorRules;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch of documents' fields: null removes a member, an object is merged, and any other value replaces the member.
 *
 * @param members as parsed from JSON, each of the type that its field has in a document
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
public record DocumentPatch(Map<String, @Nullable Object> members) {

    private static final String EXPIRES_AT = "expiresAt";

    /**
     * A patch whose values could be stored.
     *
     * @param pointer where it stands in the client's input, e.g. {@code /patch}
     * @throws dev.tandem.domain.refusal.Refusal.Rejected naming every value that no document could have
     */
    public static DocumentPatch create(Map<String, @Nullable Object> members, String pointer) {
        Violations violations = new Violations();
        TextRules.check((String) members.get("title"), DocumentFactory.LONGEST_TITLE, pointer + "/title", violations);
        TextRules.check(
                (String) members.get("content"), DocumentFactory.LONGEST_CONTENT, pointer + "/content", violations);
        MetadataRules.check(metadata(members), pointer + "/metadata", violations);
        ExpiryRules.read((String) members.get(EXPIRES_AT), pointer + "/" + EXPIRES_AT, violations);
        VectorRules.checkNumbers(numbers((List<?>) members.get("vector")), pointer + "/vector", violations);
        violations.rejectIfAny();
        return new DocumentPatch(members);
    }

    private static Map<String, @Nullable Object> metadata(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (members.get("metadata") instanceof Map<?, ?> said) {
            said.forEach((name, value) -> metadata.put((String) name, value));
        }
        return metadata;
    }

    /**
     * The draft that results from applying the patch to a document. It mentions the vector only if the patch does. A patch that does not mention
     * when the document expires leaves it as it is.
     */
    public DocumentDraft apply(Document document) {
        DocumentDraft draft = new DocumentDraft(
                (String) members.getOrDefault("key", document.key()),
                (String) members.getOrDefault("title", document.title()),
                (String) members.getOrDefault("content", document.content()),
                patched(document.metadata().values()),
                numbers((List<?>) members.get("vector")));
        boolean removesVector = members.containsKey("vector") && draft.vector() == null;
        DocumentDraft patched = draft.expiring(expiry(document.expiresAt()));
        return removesVector ? patched.withoutVector() : patched;
    }

    /** When a document expires that has been patched, and expired at that time before. */
    ExpiryDraft expiry(@Nullable Instant before) {
        return members.containsKey(EXPIRES_AT)
                ? new ExpiryDraft.Said((String) members.get(EXPIRES_AT))
                : new ExpiryDraft.Kept(before);
    }

    private @Nullable Map<String, @Nullable Object> patched(Map<String, @Nullable Object> current) {
        if (!members.containsKey("metadata")) {
            return current;
        }
        return members.get("metadata") instanceof Map<?, ?> changes ? MergePatch.merge(current, changes) : null;
    }

    private static float @Nullable [] numbers(@Nullable List<?> list) {
        if (list == null) {
            return null;
        }
        float[] numbers = new float[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ((Number) list.get(i)).floatValue();
        }
        return numbers;
    }
}
