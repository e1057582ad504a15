package dev.tandem.service;

import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.VectorPlan;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.EmbeddingTask;
import dev.tandem.domain.document.Submission;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.EmbeddingTaskRepository;
import dev.tandem.repository.RevisionRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents with everything that goes with them: what they were before, the rows, their vectors or the tasks to make them, and the
 * note of the change.
 * Always inside somebody's transaction, and as many statements for a thousand documents as for one.
 */
@Singleton
class DocumentWriter {

    private final DocumentRepository documents;
    private final ChunkRepository chunks;
    private final EmbeddingTaskRepository tasks;
    private final ChangeRepository changes;
    private final RevisionRepository revisions;

    DocumentWriter(
            DocumentRepository documents,
            ChunkRepository chunks,
            EmbeddingTaskRepository tasks,
            ChangeRepository changes,
            RevisionRepository revisions) {
        this.documents = documents;
        this.chunks = chunks;
        this.tasks = tasks;
        this.changes = changes;
        this.revisions = revisions;
    }

    /**
     * A document that is there and what its caller wants it to be.
     *
     * @param current with the vector that a caller brought, if one did; its row must be locked
     */
    record Replacement(Submission current, Submission wanted) {}

    /** What becomes of a document's vectors. */
    private record Move(VectorPlan plan, Submission submission) {

        /** Of a document that is replaced: the passages it is to have become its own. */
        static Move of(VectorPlan plan, Document replaced, Submission wanted) {
            Document next =
                    switch (plan) {
                        case KEEP -> replaced;
                        case RESTORE -> replaced.embeddedAt(replaced.version());
                        case BRING, EMBED, DROP -> replaced.embeddedAt(null);
                    };
            List<Chunk> passages = wanted.passages() == null
                    ? null
                    : wanted.passages().stream()
                            .map(passage -> passage.of(next.id()))
                            .toList();
            return new Move(plan, new Submission(next, wanted.vector(), passages));
        }

        Document document() {
            return submission.document();
        }

        Stream<Chunk> brought() {
            return switch (plan) {
                case BRING -> Stream.ofNullable(submission.vector()).map(vector -> Chunk.whole(document(), vector));
                case RESTORE -> Stream.ofNullable(submission.passages()).flatMap(List::stream);
                case KEEP, EMBED, DROP -> Stream.empty();
            };
        }

        EmbeddingTask task() {
            return new EmbeddingTask(
                    document().id(), document().collectionId(), document().version(), 0);
        }
    }

    /** Fails with {@link dev.tandem.domain.error.Refusal.Conflict}, and its transaction with it, if one of the keys is taken. */
    Uni<List<Written>> add(Collection owner, List<Submission> submissions) {
        if (submissions.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Document> added = submissions.stream().map(Submission::document).toList();
        List<Move> moves = submissions.stream()
                .map(submission -> new Move(VectorPlan.first(owner, submission), submission))
                .toList();
        return documents
                .addAll(added)
                .chain(() -> chunks.addAll(moves.stream().flatMap(Move::brought).toList()))
                .chain(() -> embed(moves))
                .chain(() -> changes.append(owner.id(), ids(added), ChangeKind.SAVED))
                .map(sequence -> added.stream()
                        .map(document -> new Written(document, true, sequence))
                        .toList());
    }

    /** Writes nothing where nothing would change. Answers in the order of the replacements. */
    Uni<List<Written>> replace(Collection owner, List<Replacement> replacements) {
        List<Move> moves = new ArrayList<>();
        List<Document> outcome = new ArrayList<>();
        for (Replacement replacement : replacements) {
            Document current = replacement.current().document();
            Submission wanted = replacement.wanted();
            VectorPlan plan = VectorPlan.next(owner, replacement.current(), wanted);
            if (plan == VectorPlan.KEEP && current.saysTheSameAs(wanted.document())) {
                outcome.add(current);
                continue;
            }
            Move move = Move.of(plan, current.replacedBy(wanted.document()), wanted);
            moves.add(move);
            outcome.add(move.document());
        }
        return write(owner, moves).map(sequence -> {
            List<Written> written = new ArrayList<>();
            for (int i = 0; i < outcome.size(); i++) {
                boolean same =
                        outcome.get(i).equals(replacements.get(i).current().document());
                written.add(new Written(outcome.get(i), false, same ? 0 : sequence));
            }
            return written;
        });
    }

    /** Removes documents whose rows are locked, by nobody in particular. */
    Uni<List<Written>> remove(Collection owner, List<Document> removed) {
        return remove(owner, removed, null);
    }

    /** Removes documents whose rows are locked. */
    Uni<List<Written>> remove(Collection owner, List<Document> removed, @Nullable String author) {
        if (removed.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        boolean isKept = owner.settings().history().isKept();
        Uni<Void> kept = isKept
                ? revisions.keepDeleted(removed, author)
                : Uni.createFrom().voidItem();
        return kept.chain(() -> documents.removeAll(removed))
                .chain(() -> changes.append(owner.id(), ids(removed), ChangeKind.DELETED))
                .map(sequence -> removed.stream()
                        .map(document -> new Written(document, false, sequence))
                        .toList());
    }

    /** The documents, in their order, with the vector that a caller brought. A model's vectors are none of the caller's, so they aren't read. */
    Uni<List<Submission>> withOwnVectors(List<Document> read) {
        List<UUID> asked = read.stream()
                .filter(document -> document.embeddedVersion() == null)
                .map(Document::id)
                .toList();
        Uni<Map<UUID, List<Chunk>>> found = asked.isEmpty() ? Uni.createFrom().item(Map.of()) : chunks.of(asked);
        return found.map(own -> read.stream()
                .map(document -> own.containsKey(document.id())
                        ? new Submission(
                                document, own.get(document.id()).getFirst().vector())
                        : new Submission(document, null))
                .toList());
    }

    private Uni<Long> write(Collection owner, List<Move> moves) {
        if (moves.isEmpty()) {
            return Uni.createFrom().item(0L);
        }
        List<Document> changed = moves.stream().map(Move::document).toList();
        boolean isKept = owner.settings().history().isKept();
        Uni<Void> kept =
                isKept ? revisions.keepReplaced(changed) : Uni.createFrom().voidItem();
        return kept.chain(() -> documents.replaceAll(changed))
                .chain(() -> putPassages(moves))
                .chain(() -> embed(moves))
                .chain(() -> changes.append(owner.id(), ids(changed), ChangeKind.SAVED));
    }

    /** What isn't kept goes, and with it the wish to embed a text that is no more. */
    private Uni<Void> putPassages(List<Move> moves) {
        List<UUID> moved = moves.stream()
                .filter(move -> move.plan != VectorPlan.KEEP)
                .map(move -> move.document().id())
                .toList();
        if (moved.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return chunks.replace(moved, moves.stream().flatMap(Move::brought).toList())
                .chain(() -> tasks.remove(moved));
    }

    private Uni<Void> embed(List<Move> moves) {
        List<EmbeddingTask> wanted = moves.stream()
                .filter(move -> move.plan == VectorPlan.EMBED)
                .map(Move::task)
                .toList();
        return wanted.isEmpty() ? Uni.createFrom().voidItem() : tasks.put(wanted);
    }

    private static List<UUID> ids(List<Document> documents) {
        return documents.stream().map(Document::id).toList();
    }
}
