package dev.tandem.service;

import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.VectorPlan;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.EmbeddingTask;
import dev.tandem.domain.document.Submission;
import dev.tandem.domain.document.Vector;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.EmbeddingTaskRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Writes a document with everything that goes with it: the row, its vectors or the task to make them, and the note of the change. Always
 * inside somebody's transaction.
 */
@Singleton
class DocumentWriter {

    private final DocumentRepository documents;
    private final ChunkRepository chunks;
    private final EmbeddingTaskRepository tasks;
    private final ChangeRepository changes;

    DocumentWriter(
            DocumentRepository documents,
            ChunkRepository chunks,
            EmbeddingTaskRepository tasks,
            ChangeRepository changes) {
        this.documents = documents;
        this.chunks = chunks;
        this.tasks = tasks;
        this.changes = changes;
    }

    Uni<Written> add(Collection owner, Submission submission) {
        Document document = submission.document();
        return documents
                .add(document)
                .chain(() -> move(document, submission, VectorPlan.first(owner, submission)))
                .chain(() -> changes.append(owner.id(), List.of(document.id()), ChangeKind.SAVED))
                .map(sequence -> new Written(document, true, sequence));
    }

    /** Writes nothing where nothing would change. */
    Uni<Written> replace(Collection owner, Submission current, Submission replacement) {
        VectorPlan plan = VectorPlan.next(owner, current, replacement);
        if (plan == VectorPlan.KEEP && current.document().saysTheSameAs(replacement.document())) {
            return Uni.createFrom().item(new Written(current.document(), false, 0));
        }
        Document replaced = current.document().replacedBy(replacement.document());
        Document next = plan == VectorPlan.KEEP ? replaced : replaced.embeddedAt(null);
        return documents
                .replace(next)
                .chain(() -> move(next, replacement, plan))
                .chain(() -> changes.append(owner.id(), List.of(next.id()), ChangeKind.SAVED))
                .map(sequence -> new Written(next, false, sequence));
    }

    Uni<Written> remove(Collection owner, Document document) {
        return documents
                .remove(document)
                .chain(() -> changes.append(owner.id(), List.of(document.id()), ChangeKind.DELETED))
                .map(sequence -> new Written(document, false, sequence));
    }

    /** The document with the vector that a caller brought. A model's vectors are none of the caller's, so they aren't read. */
    Uni<Submission> withOwnVector(Document document) {
        if (document.embeddedVersion() != null) {
            return Uni.createFrom().item(new Submission(document, null));
        }
        return chunks.of(List.of(document.id())).map(found -> {
            List<Chunk> own = found.getOrDefault(document.id(), List.of());
            return new Submission(
                    document, own.isEmpty() ? null : own.getFirst().vector());
        });
    }

    private Uni<Void> move(Document document, Submission submission, VectorPlan plan) {
        Vector brought = submission.vector();
        return switch (plan) {
            case KEEP -> Uni.createFrom().voidItem();
            case DROP -> put(document, List.of());
            case BRING -> put(document, brought == null ? List.of() : List.of(whole(document, brought)));
            case EMBED ->
                chunks.replace(List.of(document.id()), List.of())
                        .chain(() -> tasks.put(
                                new EmbeddingTask(document.id(), document.collectionId(), document.version(), 0)));
        };
    }

    private Uni<Void> put(Document document, List<Chunk> passages) {
        return chunks.replace(List.of(document.id()), passages).chain(() -> tasks.remove(document.id()));
    }

    /** The passage that a caller's vector stands for is all of the content. */
    private static Chunk whole(Document document, Vector vector) {
        int length = document.content() == null ? 0 : document.content().length();
        return new Chunk(document.id(), 0, 0, length, vector);
    }
}
