package dev.tandem.service.embedding;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.ChunkText;
import dev.tandem.service.embedding.EmbeddingResults.Result;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Embeds documents of ordinary size, several together if they have the same model. If they fail together, they are tried one by one, so
 * that a document that can't be embedded does not stop the others. A document that has been tried before is embedded alone from the start:
 * if it crashed the process, it will not take others down with it again.
 */
@Singleton
class SmallDocuments {

    private final EmbeddingTasks tasks;
    private final EmbeddingResults results;
    private final FailedAttempts failures;
    private final ModelCalls calls;
    private final Models models;
    private final HeldWork held;
    private final int largestDocument;

    SmallDocuments(
            EmbeddingTasks tasks,
            EmbeddingResults results,
            FailedAttempts failures,
            ModelCalls calls,
            Models models,
            HeldWork held,
            EmbeddingPolicy policy) {
        this.tasks = tasks;
        this.results = results;
        this.failures = failures;
        this.calls = calls;
        this.models = models;
        this.held = held;
        this.largestDocument = policy.embeddingPortion();
    }

    /** Claims some of the due documents, except for collections of these models. */
    Uni<List<Work>> claim(Set<String> notNow) {
        return tasks.claimSmall(notNow);
    }

    /** Embeds claimed documents. */
    Uni<Void> embed(List<Work> claimed) {
        return inTurn(groups(claimed), this::embedGroup);
    }

    private List<List<Work>> groups(List<Work> claimed) {
        Map<String, List<Work>> byModel = new LinkedHashMap<>();
        List<List<Work>> alone = new ArrayList<>();
        for (Work work : claimed) {
            if (work.isTried() || calls.misfit(work) != null) {
                alone.add(List.of(work));
            } else {
                byModel.computeIfAbsent(work.model(), model -> new ArrayList<>())
                        .add(work);
            }
        }
        List<List<Work>> groups = new ArrayList<>(byModel.values());
        groups.addAll(alone);
        return groups;
    }

    private Uni<Void> embedGroup(List<Work> group) {
        Work first = group.getFirst();
        if (mustWait(first)) {
            return tasks.giveBack(group, null);
        }
        if (failures.isGivenUp(first)) {
            return failures.giveUp(first);
        }
        Refusal.Unavailable misfit = calls.misfit(first);
        if (misfit != null) {
            return failures.putOff(first, misfit);
        }
        return tasks.begin(group)
                .chain(begun -> begun.isEmpty() ? Uni.createFrom().voidItem() : embedBegun(begun));
    }

    private boolean mustWait(Work work) {
        return calls.isStopped() || models.unavailable().contains(work.model());
    }

    private Uni<Void> embedBegun(List<Work> group) {
        return attempt(group).onFailure().recoverWithUni(failure -> {
            List<Work> rest = group.stream().filter(held::has).toList();
            if (!FailedAttempts.isOfDocument(failure)) {
                return failures.postpone(group.getFirst().model(), rest, failure);
            }
            if (rest.isEmpty()) {
                return Uni.createFrom().failure(failure);
            }
            return group.size() == 1
                    ? failures.blame(rest.getFirst(), failure)
                    : inTurn(
                            rest,
                            work -> mustWait(work) ? tasks.giveBack(List.of(work), null) : embedBegun(List.of(work)));
        });
    }

    /** A document and its chunks, which have no vectors yet. */
    private record Cut(Work work, List<ChunkText> chunks) {

        Result with(Iterator<Vector> vectors) {
            return new Result(
                    work,
                    chunks.stream()
                            .map(chunk ->
                                    new Chunk(work.id(), chunk.ordinal(), chunk.start(), chunk.end(), vectors.next()))
                            .toList());
        }
    }

    private Uni<Void> attempt(List<Work> group) {
        return Multi.createFrom()
                .iterable(group)
                .onItem()
                .transformToUniAndConcatenate(work -> calls.cut(work).map(chunks -> new Cut(work, chunks)))
                .collect()
                .asList()
                .chain(this::embedCut);
    }

    private Uni<Void> embedCut(List<Cut> cuts) {
        String model = cuts.getFirst().work.model();
        List<Cut> large =
                cuts.stream().filter(cut -> cut.chunks.size() > largestDocument).toList();
        List<Cut> others = cuts.stream().filter(cut -> !large.contains(cut)).toList();
        return inTurn(large, cut -> tasks.giveBackAsLarge(cut.work))
                .chain(() -> inTurn(portions(others, models.portion(model)), portion -> embedPortion(model, portion)));
    }

    /** Groups documents into portions of at most that many chunks. A document with more chunks is a portion by itself. */
    private static List<List<Cut>> portions(List<Cut> cuts, int mostChunks) {
        List<List<Cut>> portions = new ArrayList<>();
        List<Cut> portion = new ArrayList<>();
        int chunks = 0;
        for (Cut cut : cuts) {
            if (!portion.isEmpty() && chunks + cut.chunks.size() > mostChunks) {
                portions.add(portion);
                portion = new ArrayList<>();
                chunks = 0;
            }
            portion.add(cut);
            chunks += cut.chunks.size();
        }
        if (!portion.isEmpty()) {
            portions.add(portion);
        }
        return portions;
    }

    private Uni<Void> embedPortion(String model, List<Cut> portion) {
        List<ChunkText> chunks =
                portion.stream().flatMap(cut -> cut.chunks.stream()).toList();
        return calls.embed(model, chunks).chain(made -> settle(portion, made));
    }

    /**
     * Stores the documents that have all their vectors, and blames those that the model refuses. Fails if there are others. Of these, one that has
     * some vectors goes on as a large one, which is stored in parts: a server that cuts every call short would never make all of it together.
     */
    private Uni<Void> settle(List<Cut> portion, ModelCalls.Made made) {
        List<Result> whole = new ArrayList<>();
        Map<Work, String> refused = new LinkedHashMap<>();
        List<Work> begun = new ArrayList<>();
        int from = 0;
        for (Cut cut : portion) {
            int to = from + cut.chunks.size();
            String refusal = made.refusal(from, to);
            if (refusal == null && made.isWhole(from, to)) {
                List<Vector> vectors = made.between(from, to);
                cut.work.requireDimensions(vectors);
                refusal = cut.work.unfit(vectors);
                if (refusal == null) {
                    whole.add(cut.with(vectors.iterator()));
                }
            }
            if (refusal != null) {
                refused.put(cut.work, refusal);
            } else if (made.isBegun(from, to)) {
                begun.add(cut.work);
            }
            from = to;
        }
        ModelUnavailable unavailable = made.unavailable();
        return results.store(whole)
                .invoke(() -> held.remove(
                        whole.stream().map(result -> result.work().held()).toList()))
                .chain(() ->
                        inTurn(List.copyOf(refused.entrySet()), one -> failures.blame(one.getKey(), one.getValue())))
                .chain(() -> inTurn(begun, tasks::giveBackAsLarge))
                .chain(() -> unavailable == null
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(unavailable));
    }

    private static <T> Uni<Void> inTurn(List<T> items, Function<T, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(item -> step.apply(item).replaceWith(true))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
