package dev.tandem.service.search.example;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.example.Centroid;
import dev.tandem.domain.search.example.Example;
import dev.tandem.domain.search.example.Examples;
import dev.tandem.embedding.Embedders;
import dev.tandem.repository.ChunkMeans;
import dev.tandem.repository.DocumentSizes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes the vector of a query of its examples. */
@Singleton
public class ExampleVectors {

    /** What is left of directions that cancel each other out, in single precision. */
    private static final double NOTHING = 1e-6;

    private final UnitOfWork unitOfWork;
    private final DocumentSizes documents;
    private final ChunkMeans means;
    private final Embedders embedders;

    ExampleVectors(UnitOfWork unitOfWork, DocumentSizes documents, ChunkMeans means, Embedders embedders) {
        this.unitOfWork = unitOfWork;
        this.documents = documents;
        this.means = means;
        this.embedders = embedders;
    }

    /**
     * What examples have become.
     *
     * @param vector to search near
     * @param documents the examples that are documents
     */
    public record Resolved(Vector vector, Set<UUID> documents) {}

    /**
     * The vector of the examples: the mean of those that hits are to be like, moved away from the mean of the others by the distance between the two.
     * Fails with {@link Refusal.Rejected} if a document does not exist or has no vectors, or if nothing is left.
     *
     * @param set whose vectors are compared, and whose model embeds texts
     */
    public Uni<Resolved> of(Collection owner, VectorSet set, Examples examples) {
        return found(owner, set, examples).chain(found -> {
            found.require(examples);
            return texts(set, examples)
                    .map(texts -> new Resolved(vector(set.embedding(), examples, found, texts), found.documents()));
        });
    }

    /** The documents among the examples, by their ids. */
    public Uni<Set<UUID>> documents(Collection owner, Examples examples) {
        return examples.keys().isEmpty()
                ? Uni.createFrom().item(Set.of())
                : unitOfWork.heavy().read(() -> ids(owner, examples).map(ids -> Set.copyOf(ids.values())));
    }

    private Uni<FoundExamples> found(Collection owner, VectorSet set, Examples examples) {
        return examples.keys().isEmpty()
                ? Uni.createFrom().item(new FoundExamples(Map.of(), Map.of()))
                : unitOfWork.heavy().readOneState(() -> ids(owner, examples)
                        .chain(ids -> means.of(set, ids.values()).map(read -> new FoundExamples(ids, read))));
    }

    private Uni<Map<String, UUID>> ids(Collection owner, Examples examples) {
        return documents
                .byKeys(owner, owner.read(examples.scope()), examples.keys(), false)
                .map(sizes -> sizes.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, size -> size.getValue().id())));
    }

    /** One after the other: a query may have no more of the model than any other. */
    private Uni<Map<String, Vector>> texts(VectorSet set, Examples examples) {
        List<String> texts = examples.all()
                .filter(Example.OfText.class::isInstance)
                .map(example -> ((Example.OfText) example).text())
                .distinct()
                .toList();
        Map<String, Vector> vectors = new HashMap<>();
        return Multi.createFrom()
                .iterable(texts)
                .onItem()
                .transformToUniAndConcatenate(
                        text -> embedders.query(set.embedding(), text).invoke(vector -> vectors.put(text, vector)))
                .collect()
                .last()
                .replaceWith(vectors);
    }

    private static Vector vector(
            EmbeddingSettings settings, Examples examples, FoundExamples found, Map<String, Vector> texts) {
        Vector vector = centroid(settings, examples.like(), found, texts)
                .awayFrom(centroid(settings, examples.unlike(), found, texts));
        if (isNothing(settings.metric(), vector) || !settings.takes(vector)) {
            throw new Refusal.Rejected(
                    "/like",
                    "search.like.cancelled",
                    "The examples cancel each other out, or lie too far apart: they leave no vector to search near.");
        }
        return settings.metric() == Metric.COSINE ? vector.normalized() : vector;
    }

    private static boolean isNothing(Metric metric, Vector vector) {
        return switch (metric) {
            case COSINE -> vector.length() < NOTHING;
            case DOT -> vector.length() == 0;
            case EUCLIDEAN -> false;
        };
    }

    private static Centroid centroid(
            EmbeddingSettings settings, List<Example> examples, FoundExamples found, Map<String, Vector> texts) {
        Centroid centroid = new Centroid(settings);
        for (Example example : examples) {
            centroid.add(
                    switch (example) {
                        case Example.OfKey(String key) -> found.vector(key);
                        case Example.OfVector(Vector vector) -> vector;
                        case Example.OfText(String text) -> Objects.requireNonNull(texts.get(text));
                    });
        }
        return centroid;
    }
}
