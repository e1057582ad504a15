package dev.tandem.factory.document;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Body;
import dev.tandem.domain.document.Document.Identity;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.document.Versioning;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.Identities;
import dev.tandem.factory.rules.MetadataRules;
import dev.tandem.factory.rules.TextRules;
import dev.tandem.factory.rules.VectorRules;
import dev.tandem.factory.schema.MetadataSchemas;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes documents: it turns a draft into a document, or reports every broken rule. */
@Singleton
public class DocumentFactory {

    public static final int LONGEST_TITLE = 2_000;
    public static final int LONGEST_CONTENT = 1_000_000;

    /** Checking and hashing a text of this length takes some tenths of a millisecond. */
    static final int LONG_CONTENT = 100_000;

    private final Identities identities;
    private final MetadataSchemas schemas = new MetadataSchemas();

    DocumentFactory(Identities identities) {
        this.identities = identities;
    }

    /** Whether checking the draft may take too long for an event loop: its text is long, or the collection has a metadata schema. */
    public boolean takesLong(Collection collection, DocumentDraft draft) {
        String content = draft.content();
        return collection.settings().metadataSchema() != null || (content != null && content.length() > LONG_CONTENT);
    }

    /**
     * Makes a new document for the collection, at version 1, which is counted on when it is written if the key had another document before. If the draft has no key, the id becomes the key.
     *
     * @throws Refusal.Rejected naming every broken rule
     */
    public DocumentState create(Collection collection, DocumentDraft draft) {
        return create(collection, draft, null, isSomething(draft));
    }

    /**
     * Makes a document that may replace another one. It may have neither text nor vector and keep the other document's own vector;
     * {@link dev.tandem.domain.document.OwnVectorRules} checks at the write whether there is one.
     *
     * @throws Refusal.Rejected naming every broken rule
     */
    public DocumentState replacement(Collection collection, DocumentDraft draft) {
        return replacement(collection, draft, null);
    }

    /**
     * The same, with the chunks that the collection's model has already made from the text.
     *
     * @throws Refusal.Rejected naming every broken rule
     */
    public DocumentState replacement(Collection collection, DocumentDraft draft, @Nullable ChunksDraft chunks) {
        boolean mayKeepVector = chunks == null && draft.keepsVector();
        return create(collection, draft, chunks, isSomething(draft) || mayKeepVector);
    }

    /**
     * Checks whether there can be a document that a patch leaves unexpired now.
     *
     * @param pointer where the patch stands in the client's input, e.g. {@code /patch}
     * @throws Refusal.Rejected if the patch says a time that is over
     */
    public void checkExpiry(DocumentPatch patch, String pointer) {
        Violations violations = new Violations();
        ExpiryRules.check(patch.expiry(null), null, identities.now(), pointer + "/expiresAt", violations);
        violations.rejectIfAny();
    }

    private static boolean isSomething(DocumentDraft draft) {
        return draft.title() != null || draft.content() != null || draft.vector() != null;
    }

    private DocumentState create(
            Collection collection, DocumentDraft draft, @Nullable ChunksDraft chunks, boolean isSomething) {
        Violations violations = new Violations();
        Vector vector = checked(collection, draft, isSomething, violations);
        Instant now = identities.now();
        Instant expiresAt =
                ExpiryRules.check(draft.expiry(), collection.settings().timeToLive(), now, "/expiresAt", violations);
        if (chunks != null) {
            ChunkRules.check(chunks, draft, collection.embedding(), violations);
        }
        violations.rejectIfAny();
        UUID id = identities.next();
        String key = draft.key() == null ? id.toString() : draft.key();
        Metadata metadata = draft.metadata() == null ? Metadata.EMPTY : new Metadata(draft.metadata());
        Document document = new Document(
                new Identity(id, collection.id(), key, now),
                new Body(Text.of(draft.title(), draft.content()), metadata, expiresAt),
                Versioning.first(now, draft.author()));
        if (chunks != null) {
            return DocumentState.embedded(
                    document.embeddedAt(collection.searched(), document.version()),
                    chunks(id, chunks),
                    draft.keepsVector());
        }
        return draft.keepsVector() ? DocumentState.keepingVector(document) : new DocumentState(document, vector);
    }

    private static List<Chunk> chunks(UUID documentId, ChunksDraft draft) {
        List<Chunk> chunks = new ArrayList<>();
        for (ChunksDraft.DraftChunk chunk : draft.chunks()) {
            chunks.add(new Chunk(documentId, chunks.size(), chunk.start(), chunk.end(), Vector.of(chunk.vector())));
        }
        return chunks;
    }

    private @Nullable Vector checked(
            Collection collection, DocumentDraft draft, boolean isSomething, Violations violations) {
        KeyRules.check(draft.key(), "/key", violations);
        TextRules.check(draft.title(), LONGEST_TITLE, "/title", violations);
        TextRules.check(draft.content(), LONGEST_CONTENT, "/content", violations);
        Vector vector = VectorRules.check(draft.vector(), collection.embedding(), "/vector", violations);
        violations.require(
                isSomething, "", "document.empty", "A document has at least one of title, content and vector.");
        Map<String, @Nullable Object> metadata = draft.metadata() == null ? Map.of() : draft.metadata();
        int before = violations.size();
        MetadataRules.check(metadata, "/metadata", violations);
        Map<String, Object> schema = collection.settings().metadataSchema();
        // The schema checks only metadata that could be stored.
        if (violations.size() == before && schema != null) {
            violations.addAll(schemas.of(schema).validate(metadata, "/metadata"));
        }
        return vector;
    }
}
