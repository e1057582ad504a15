package dev.tandem.service.embedding;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.HeldTask;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.EmbeddingClaimRepository;
import dev.tandem.repository.EmbeddingClaimRepository.Wanted;
import dev.tandem.repository.EmbeddingTaskRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Claims documents for embedding, and releases those that could not be embedded. Each call is a transaction. */
@Singleton
class EmbeddingTasks {

    /**
     * In bytes: the size of the texts that are claimed together. It is limited so that documents written meanwhile are soon embedded too.
     */
    private static final long LARGEST_BATCH = 100_000;

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentRepository documents;
    private final EmbeddingTaskRepository tasks;
    private final EmbeddingClaimRepository claims;
    private final HeldWork held;
    private final EmbeddingPolicy policy;

    EmbeddingTasks(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DocumentRepository documents,
            EmbeddingTaskRepository tasks,
            EmbeddingClaimRepository claims,
            HeldWork held,
            EmbeddingPolicy policy) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.tasks = tasks;
        this.claims = claims;
        this.held = held;
        this.policy = policy;
    }

    /** Claims due documents of ordinary size, except for collections of these models. */
    Uni<List<Work>> claimSmall(Set<String> notNow) {
        return claim(new Wanted(policy.embeddingBatch(), false, LARGEST_BATCH, notNow));
    }

    /** Claims a due large document, if there is one, except for collections of these models. */
    Uni<List<Work>> claimLarge(Set<String> notNow) {
        return claim(new Wanted(1, true, 1, notNow));
    }

    /**
     * Counts an attempt, before it may fail or end with its process. Returns the documents that this replica should still embed; the others
     * have a newer text or belong to another replica.
     */
    Uni<List<Work>> begin(List<Work> work) {
        return unitOfWork
                .write(() -> tasks.begin(heldBy(work), policy.embeddingLease()))
                .invoke(begun -> held.retain(heldBy(work), begun))
                .map(begun -> work.stream()
                        .filter(one -> begun.contains(one.held().token()))
                        .toList());
    }

    /** Renews the leases of everything that this replica holds. */
    Uni<Void> renew() {
        List<HeldTask> all = held.all();
        return all.isEmpty()
                ? Uni.createFrom().voidItem()
                : unitOfWork
                        .write(() -> tasks.renew(all, policy.embeddingLease()))
                        .invoke(renewed -> held.retain(all, renewed))
                        .replaceWithVoid();
    }

    /** Gives documents back as if they had not been tried since they were claimed. */
    Uni<Void> giveBack(List<Work> work, @Nullable String error) {
        return letGo(heldBy(work), error);
    }

    /** Gives back everything that this replica holds. */
    Uni<Void> giveBackAll() {
        return giveBackAllBut(List::of);
    }

    /**
     * Gives back everything that this replica holds, with some exceptions.
     *
     * @param kept is asked after it is known what is held
     */
    Uni<Void> giveBackAllBut(Supplier<List<Work>> kept) {
        return letGo(held.allBut(kept), null);
    }

    /** Gives back a document that has more chunks than its size suggests, so that it is claimed as a large one. */
    Uni<Void> giveBackAsLarge(Work work) {
        HeldTask task = work.held();
        return letGo(
                List.of(new HeldTask(task.task(), task.token(), EmbeddingClaimRepository.LARGEST_SMALL + 1)), null);
    }

    /** Gives a document back, to be tried after the delay. */
    Uni<Void> defer(Work work, String error, Duration delay) {
        return unitOfWork
                .write(() -> tasks.defer(work.held(), error, delay))
                .invoke(() -> held.remove(heldBy(List.of(work))));
    }

    /** Parks a document. */
    Uni<Void> park(Work work, String error) {
        return unitOfWork.write(() -> tasks.park(work.held(), error)).invoke(() -> held.remove(heldBy(List.of(work))));
    }

    private Uni<Void> letGo(List<HeldTask> ended, @Nullable String error) {
        return ended.isEmpty()
                ? Uni.createFrom().voidItem()
                : unitOfWork.write(() -> tasks.giveBack(ended, error)).invoke(() -> held.remove(ended));
    }

    private Uni<List<Work>> claim(Wanted wanted) {
        return unitOfWork
                .write(() -> claims.claim(wanted, policy.embeddingLease()))
                .invoke(held::add)
                .chain(claimed -> claimed.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : unitOfWork.read(() -> withRows(claimed)));
    }

    private Uni<List<Work>> withRows(List<HeldTask> claimed) {
        Map<UUID, Collection> owners = new HashMap<>();
        Uni<Void> loaded = Uni.createFrom().voidItem();
        for (UUID id : claimed.stream()
                .map(one -> one.task().collectionId())
                .distinct()
                .toList()) {
            loaded = loaded.chain(() -> collections.find(id))
                    .invoke(owner -> {
                        if (owner != null) {
                            owners.put(id, owner);
                        }
                    })
                    .replaceWithVoid();
        }
        List<UUID> ids = claimed.stream().map(HeldTask::documentId).toList();
        return loaded.chain(() -> documents.byIds(ids)).map(found -> {
            Map<UUID, Document> byId = found.stream().collect(toMap(Document::id, Function.identity()));
            List<Work> work =
                    claimed.stream().flatMap(task -> work(task, owners, byId)).toList();
            // A deleted document no longer has a task, and the sets of its collection may have changed just now.
            held.retain(claimed, tokens(work));
            return work;
        });
    }

    private static Stream<Work> work(HeldTask held, Map<UUID, Collection> owners, Map<UUID, Document> documents) {
        Collection owner = owners.get(held.task().collectionId());
        Document document = documents.get(held.documentId());
        return owner == null || document == null
                ? Stream.empty()
                : owner.set(held.vectorSet()).map(set -> new Work(held, owner, set, document)).stream();
    }

    private static Set<UUID> tokens(List<Work> work) {
        return work.stream().map(one -> one.held().token()).collect(toUnmodifiableSet());
    }

    private static List<HeldTask> heldBy(List<Work> work) {
        return work.stream().map(Work::held).toList();
    }
}
