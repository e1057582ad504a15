package dev.tandem.service.document;

import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.document.EmbeddingState;
import dev.tandem.domain.document.OwnVectorRules;
import dev.tandem.domain.document.OwnVectorRules.Present;
import dev.tandem.domain.document.VectorPlan;
import dev.tandem.domain.embedding.WantedVectors;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.repository.ChunkRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.EmbeddingTaskRepository;
import dev.tandem.repository.RevisionRepository;
import dev.tandem.service.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents with everything that belongs to them: the revision, the rows, the chunks or the tasks to make them, and the entry in the
 * change log. It always runs in the transaction of its caller, and uses as many statements for a thousand documents as for one. It writes nothing
 * into a collection that is derived from a model, unless the {@linkplain Collection#writtenByItsModel() model writes it}.
 */
@Singleton
public class DocumentWriter {

    private final DocumentRepository documents;
    private final ChunkRepository chunks;
    private final EmbeddingTaskRepository tasks;
    private final ChangeRepository changes;
    private final RevisionRepository revisions;
    private final Quotas quotas;

    DocumentWriter(
            DocumentRepository documents,
            ChunkRepository chunks,
            EmbeddingTaskRepository tasks,
            ChangeRepository changes,
            RevisionRepository revisions,
            Quotas quotas) {
        this.documents = documents;
        this.chunks = chunks;
        this.tasks = tasks;
        this.changes = changes;
        this.revisions = revisions;
        this.quotas = quotas;
    }

    /**
     * A stored document and the state that the client wants.
     *
     * @param current with its own vector, if it has one; its row must be locked
     */
    public record Replacement(DocumentState current, DocumentState wanted, VectorPlan plan) {

        /** Fails with {@link dev.tandem.domain.refusal.Refusal.Rejected} if {@link OwnVectorRules} forbid it. */
        public static Replacement of(Collection owner, DocumentState current, DocumentState wanted) {
            OwnVectorRules.check(owner, Present.of(current), wanted);
            return new Replacement(current, wanted, VectorPlan.next(owner, current, wanted));
        }

        boolean changesNothing() {
            return plan == VectorPlan.KEEP && current.document().saysTheSameAs(wanted.document());
        }
    }

    /**
     * Adds documents, which {@linkplain RevisionRepository#goingOn go on} from the last versions of their keys: the caller has locked the rows that
     * have the keys, if there are any.
     *
     * <p>Fails with {@link dev.tandem.domain.refusal.Refusal.Conflict} if one of the keys exists, and with {@link
     * dev.tandem.domain.refusal.Refusal.Full} if the collection would have more documents than it may. The transaction then fails too.
     */
    public Uni<List<Written>> add(Collection owner, List<DocumentState> submissions) {
        owner.refuseIfDerived();
        if (submissions.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        submissions.forEach(submission -> OwnVectorRules.check(owner, null, submission));
        return quotas.moreDocuments(owner, submissions.size())
                .chain(() -> revisions.goingOn(owner.id(), submissions))
                .chain(continued -> addAll(owner, continued));
    }

    private Uni<List<Written>> addAll(Collection owner, List<DocumentState> submissions) {
        List<Document> added = submissions.stream().map(DocumentState::document).toList();
        List<VectorChange> moves = submissions.stream()
                .map(submission -> VectorChange.first(VectorPlan.first(owner, submission), submission))
                .toList();
        return documents
                .addAll(added)
                .chain(() -> chunks.addAll(
                        owner.searched(),
                        moves.stream().flatMap(VectorChange::brought).toList()))
                .chain(() -> embed(owner, moves))
                .chain(() -> changes.append(owner.id(), ids(added), ChangeKind.SAVED))
                .map(sequence -> moves.stream()
                        .map(move -> new Written(move.document(), true, state(owner, move), sequence))
                        .toList());
    }

    /** Writes only the documents that change. The results have the order of the replacements. */
    public Uni<List<Written>> replace(Collection owner, List<Replacement> replacements) {
        owner.refuseIfDerived();
        List<VectorChange> moves = replacements.stream()
                .filter(replacement -> !replacement.changesNothing())
                .map(replacement -> VectorChange.next(
                        owner.searched(), replacement.plan(), replacement.current(), replacement.wanted()))
                .toList();
        return write(owner, moves).map(sequence -> {
            Iterator<VectorChange> moved = moves.iterator();
            return replacements.stream()
                    .map(replacement -> replacement.changesNothing()
                            ? unchanged(owner, replacement.current())
                            : replaced(owner, moved.next(), sequence))
                    .toList();
        });
    }

    private static Written unchanged(Collection owner, DocumentState current) {
        Document document = current.document();
        return new Written(document, false, EmbeddingState.of(owner, document, current.vector() != null), 0);
    }

    private static Written replaced(Collection owner, VectorChange move, long sequence) {
        return new Written(move.document(), false, state(owner, move), sequence);
    }

    private static EmbeddingState state(Collection owner, VectorChange move) {
        return EmbeddingState.of(owner, move.document(), move.hasOwnVector());
    }

    /** Deletes documents whose rows are locked, without an author. */
    public Uni<List<Written>> remove(Collection owner, List<Document> removed) {
        return remove(owner, removed, null);
    }

    /** Deletes documents whose rows are locked. */
    public Uni<List<Written>> remove(Collection owner, List<Document> removed, @Nullable String author) {
        owner.refuseIfDerived();
        if (removed.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        boolean isKept = owner.settings().history().isKept();
        Uni<Void> kept = isKept
                ? revisions.keepDeleted(owner.searched(), removed, author)
                : Uni.createFrom().voidItem();
        return kept.chain(() -> documents.removeAll(removed))
                .chain(() -> changes.append(owner.id(), ids(removed), ChangeKind.DELETED))
                .map(sequence -> removed.stream()
                        .map(document -> new Written(document, false, EmbeddingState.NONE, sequence))
                        .toList());
    }

    /** Deletes documents whose time is over and whose rows are locked. They need not have been read. Returns the sequence. */
    public Uni<Long> expire(Collection owner, List<UUID> expired) {
        Uni<Void> kept = owner.settings().history().isKept()
                ? revisions.keepExpired(owner.searched(), expired)
                : Uni.createFrom().voidItem();
        return kept.chain(() -> documents.removeByIds(expired))
                .chain(() -> changes.append(owner.id(), expired, ChangeKind.DELETED));
    }

    /** The documents, in their order, each with its own vector if it has one. Vectors made by a model are not read. */
    public Uni<List<DocumentState>> withOwnVectors(Collection owner, List<Document> read) {
        List<UUID> asked = read.stream()
                .filter(document -> document.embeddedVersion(owner.searched()) == null)
                .map(Document::id)
                .toList();
        Uni<Map<UUID, List<Chunk>>> found =
                asked.isEmpty() ? Uni.createFrom().item(Map.of()) : chunks.of(owner.searched(), asked);
        return found.map(own -> read.stream()
                .map(document -> own.containsKey(document.id())
                        ? new DocumentState(
                                document, own.get(document.id()).getFirst().vector())
                        : new DocumentState(document, null))
                .toList());
    }

    private Uni<Long> write(Collection owner, List<VectorChange> moves) {
        if (moves.isEmpty()) {
            return Uni.createFrom().item(0L);
        }
        List<Document> changed = moves.stream().map(VectorChange::document).toList();
        boolean isKept = owner.settings().history().isKept();
        Uni<Void> kept = isKept
                ? revisions.keepReplaced(owner.searched(), changed)
                : Uni.createFrom().voidItem();
        return kept.chain(() -> documents.replaceAll(changed))
                .chain(() -> putChunks(owner, moves))
                .chain(() -> embed(owner, moves))
                .chain(() -> changes.append(owner.id(), ids(changed), ChangeKind.SAVED));
    }

    /** Deletes outdated chunks, and the tasks to embed a text that no longer exists. */
    private Uni<Void> putChunks(Collection owner, List<VectorChange> moves) {
        List<UUID> emptied = ids(moves, VectorChange::replacesChunks);
        List<UUID> dropped = ids(moves, VectorChange::dropsChunks);
        List<UUID> ended = ids(moves, VectorChange::endsTask);
        Uni<Void> put = emptied.isEmpty()
                ? Uni.createFrom().voidItem()
                : chunks.replace(
                        owner.searched(),
                        emptied,
                        moves.stream().flatMap(VectorChange::brought).toList());
        Uni<Void> gone = dropped.isEmpty() ? put : put.chain(() -> chunks.remove(dropped));
        return ended.isEmpty() ? gone : gone.chain(() -> tasks.remove(ended));
    }

    private Uni<Void> embed(Collection owner, List<VectorChange> moves) {
        List<WantedVectors> everywhere = wanted(moves, VectorChange::needsModel);
        Uni<Void> put = everywhere.isEmpty() ? Uni.createFrom().voidItem() : tasks.put(everywhere);
        List<WantedVectors> beside = wanted(moves, VectorChange::needsOtherModels);
        // Only a collection with a model can have another set.
        return beside.isEmpty() || !owner.embedding().hasModel()
                ? put
                : put.chain(() -> tasks.putBeside(owner.searched(), beside));
    }

    private static List<WantedVectors> wanted(List<VectorChange> moves, Predicate<VectorChange> condition) {
        return moves.stream().filter(condition).map(VectorChange::wantedVectors).toList();
    }

    private static List<UUID> ids(List<VectorChange> moves, Predicate<VectorChange> condition) {
        return moves.stream()
                .filter(condition)
                .map(move -> move.document().id())
                .toList();
    }

    private static List<UUID> ids(List<Document> documents) {
        return documents.stream().map(Document::id).toList();
    }
}
