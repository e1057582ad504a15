package dev.tandem.index.pinecone;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.pinecone.http.Batches;
import dev.tandem.index.pinecone.http.DataPlane;
import dev.tandem.index.pinecone.http.Freshness;
import dev.tandem.index.pinecone.query.Facts;
import dev.tandem.index.shared.Claim;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One write to a store. Pinecone has no conditional writes. So the versions of the documents are read before, no request is sent long after
 * that, and a client that meets another one's marker first writes its own and waits until that is seen: then it sees all that was written
 * before.
 */
final class DocumentWrite {

    private static final int SIDE_BY_SIDE = 4;

    private final Place place;
    private final Writer writer;
    private final Freshness freshness;
    private final Duration validity;
    private final long version;
    private final Records records;

    private long checkedAt;
    private long passagesWritten;
    private long documentsWritten;

    /** @param validity how long what was read is relied on */
    DocumentWrite(Place place, Writer writer, Freshness freshness, Duration validity, long version) {
        this.place = place;
        this.writer = writer;
        this.freshness = freshness;
        this.validity = validity;
        this.version = version;
        this.records = new Records(place.store().shape());
    }

    Uni<Void> run(List<IndexEntry> saved, Set<UUID> gone) {
        List<UUID> ids = new ArrayList<>(gone);
        saved.forEach(entry -> ids.add(entry.document().id()));
        return read(ids)
                .chain(seen -> {
                    boolean isMine = writer.isMine(seen.marker());
                    if (!isMine && seen.marker().version() > version) {
                        // Another client has taken over since. It says more about every document than this write.
                        return Uni.createFrom().voidItem();
                    }
                    return isMine && writer.isSettled(place)
                            ? raise(seen.marker()).chain(() -> apply(saved, gone, seen.heads()))
                            : settle().chain(() -> read(ids))
                                    .invoke(again -> requireMine(again.marker()))
                                    .chain(again -> apply(saved, gone, again.heads()));
                })
                .invoke(() -> writer.succeeded(place))
                .onFailure()
                .invoke(() -> writer.forgets(place.documents()));
    }

    /** Reads what the store says, and notes when. */
    private Uni<Documents.Seen> read(List<UUID> ids) {
        return Uni.createFrom().deferred(() -> {
            long before = System.nanoTime();
            return Documents.read(place, ids).invoke(() -> checkedAt = before);
        });
    }

    /** The first write under another claim says so in the marker. Nobody has to wait until that is seen. */
    private Uni<Void> raise(Marker marker) {
        return Claim.fence(marker.version()) < Claim.fence(version)
                ? mark().replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private Uni<Long> mark() {
        Buffer marker = records.anchor(new Marker(writer.name(), version).metadata());
        return place.plane().upsert(place.documents(), List.of(marker));
    }

    private Uni<Void> settle() {
        return mark().chain(written -> freshness.await(place.plane(), place.documents(), written, records.anyVector()));
    }

    private void requireMine(Marker marker) {
        if (!writer.isMine(marker)) {
            throw new Refusal.Unavailable(
                    "index.held", "Another replica is changing this index. Try again.", Duration.ofSeconds(1));
        }
    }

    private Uni<Void> apply(List<IndexEntry> saved, Set<UUID> gone, Map<UUID, Head> heads) {
        List<DocumentPlan> plans = new ArrayList<>();
        for (IndexEntry entry : saved) {
            UUID id = entry.document().id();
            if (isOurs(heads.get(id)) && !writer.wasDeletedAfter(place, id, version)) {
                plans.add(DocumentPlan.of(entry, heads.get(id), version, records));
            }
        }
        Map<UUID, Head> deleted = new HashMap<>();
        for (UUID id : gone) {
            writer.deletes(place, id, version);
            Head head = heads.get(id);
            if (head != null && isOurs(head)) {
                deleted.put(id, head);
            }
        }
        return announce(plans)
                .chain(() -> upsertPassages(plans))
                .chain(() -> stale(plans, deleted))
                .chain(stale -> delete(place.passages(), stale))
                .chain(() -> finish(plans))
                .chain(() -> delete(
                        place.documents(),
                        deleted.keySet().stream().map(UUID::toString).toList()))
                .chain(this::untilSeen);
    }

    private boolean isOurs(@Nullable Head head) {
        return head == null || head.version() <= version;
    }

    private Uni<Void> announce(List<DocumentPlan> plans) {
        return upsert(
                place.documents(),
                plans.stream()
                        .filter(DocumentPlan::needsAnnouncement)
                        .map(plan -> records.head(plan.id(), Head.unfinished(version, plan.bound()))));
    }

    private Uni<Void> upsertPassages(List<DocumentPlan> plans) {
        return upsert(place.passages(), plans.stream().flatMap(this::passages));
    }

    private Stream<Buffer> passages(DocumentPlan plan) {
        List<Chunk> chunks = plan.chunks();
        if (chunks.isEmpty()) {
            return Stream.empty();
        }
        Buffer facts = Facts.of(plan.id(), plan.entry().document()).toBuffer();
        return chunks.stream()
                .map(chunk -> Records.record(
                        Records.passageId(plan.id(), chunk.ordinal()), records.stored(chunk.vector()), facts));
    }

    private Uni<Void> finish(List<DocumentPlan> plans) {
        return upsert(place.documents(), plans.stream().map(plan -> records.head(plan.id(), plan.head())));
    }

    /** The passages that no longer belong to their document. What an unfinished write left is listed. */
    private Uni<List<String>> stale(List<DocumentPlan> plans, Map<UUID, Head> deleted) {
        Map<UUID, Set<String>> kept =
                plans.stream().collect(Collectors.toMap(DocumentPlan::id, DocumentPlan::recordIds));
        Map<UUID, Head> before = new HashMap<>(deleted);
        plans.forEach(plan -> plan.before().ifPresent(head -> before.put(plan.id(), head)));
        return Multi.createFrom()
                .iterable(before.entrySet())
                .onItem()
                .transformToUni(each -> known(each.getKey(), each.getValue()).map(ids -> {
                    ids.removeAll(kept.getOrDefault(each.getKey(), Set.of()));
                    return ids;
                }))
                .merge(SIDE_BY_SIDE)
                .collect()
                .in(ArrayList::new, List::addAll);
    }

    private Uni<Set<String>> known(UUID id, Head head) {
        Set<String> ids = DocumentPlan.recordIds(id, head.bound());
        return head.isWhole()
                ? Uni.createFrom().item(ids)
                : new IdPages(place.plane(), place.passages())
                        .all(Records.passagePrefix(id), Integer.MAX_VALUE)
                        .map(listed -> {
                            ids.addAll(listed);
                            return ids;
                        });
    }

    private Uni<Void> upsert(String namespace, Stream<Buffer> encoded) {
        return each(namespace, new Batches(encoded.iterator()), batch -> place.plane()
                .upsert(namespace, batch));
    }

    private Uni<Void> delete(String namespace, List<String> ids) {
        return each(namespace, Batches.of(ids, DataPlane.WRITE_LIMIT), part -> place.plane()
                .delete(namespace, part));
    }

    /** One batch after the other. The next one is made when it is its turn. */
    private <T> Uni<Void> each(String namespace, Iterator<List<T>> batches, Function<List<T>, Uni<Long>> request) {
        return Multi.createFrom()
                .iterable(() -> batches)
                .onItem()
                .transformToUniAndConcatenate(batch -> guarded(() -> request.apply(batch)))
                .invoke(written -> note(namespace, written))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private void note(String namespace, long written) {
        if (namespace.equals(place.passages())) {
            passagesWritten = Math.max(passagesWritten, written);
        } else {
            documentsWritten = Math.max(documentsWritten, written);
        }
    }

    /** The request, unless this client was held up and another one has written since. */
    private Uni<Long> guarded(Supplier<Uni<Long>> request) {
        return System.nanoTime() - checkedAt <= validity.toNanos()
                ? request.get()
                : read(List.of()).invoke(seen -> requireMine(seen.marker())).chain(request::get);
    }

    private Uni<Void> untilSeen() {
        float[] any = records.anyVector();
        return Uni.join()
                .all(
                        freshness.await(place.plane(), place.passages(), passagesWritten, any),
                        freshness.await(place.plane(), place.documents(), documentsWritten, any))
                .andFailFast()
                .replaceWithVoid();
    }
}
