package dev.tandem.embedding;

import dev.tandem.domain.embedding.EmbeddingModel;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The embedding models that this process offers, by name. */
@Singleton
public class Embedders {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Map<String, Embedder> byName = new TreeMap<>();
    private final String defaultName;

    @Inject
    Embedders(@All List<Embedder> embedders, @All List<EmbedderSource> sources, EmbeddingConfig config) {
        this(
                Stream.concat(embedders.stream(), sources.stream().flatMap(source -> source.embedders().stream()))
                        .toList(),
                config);
    }

    Embedders(List<Embedder> embedders, EmbeddingConfig config) {
        for (Embedder embedder : embedders) {
            Embedder other = byName.put(embedder.model(), new CachingEmbedder(embedder, config.queryCache()));
            if (other != null) {
                throw new IllegalStateException("Two embedding models are named '" + embedder.model() + "'.");
            }
        }
        defaultName = config.model();
    }

    /** The model with this name, if there is one. */
    public Optional<Embedder> find(String model) {
        return Optional.ofNullable(byName.get(model));
    }

    /** The model of an existing collection. Throws {@link Refusal.Unavailable} if this process no longer offers it. */
    public Embedder require(String model) {
        return find(model)
                .orElseThrow(() -> new Refusal.Unavailable(
                        "embedding.model_missing",
                        "This replica does not have the embedding model '" + model + "'. It has " + names() + ".",
                        RETRY_AFTER));
    }

    /**
     * The vector of a query to a collection. Fails with {@link Refusal.Unavailable} if the model can't answer now, or if its vectors do not
     * fit the collection.
     */
    public Uni<Vector> query(EmbeddingSettings settings, String text) {
        return Uni.createFrom()
                .deferred(() -> require(settings.model()).embedQuery(text))
                .invoke(vector -> {
                    if (!settings.takes(vector)) {
                        throw settings.misfit(vector.dimensions());
                    }
                });
    }

    /** The models that a collection can choose, by name; the default comes first. */
    public Map<String, EmbeddingModel> models() {
        Map<String, EmbeddingModel> models = new LinkedHashMap<>();
        find(defaultName).ifPresent(embedder -> models.put(defaultName, described(embedder)));
        byName.forEach((name, embedder) -> models.putIfAbsent(name, described(embedder)));
        return models;
    }

    private static EmbeddingModel described(Embedder embedder) {
        return new EmbeddingModel(
                embedder.model(), embedder.dimensions(), embedder.maxTokens(), embedder.chunkTokens());
    }

    /** The names of all models, in order. */
    public SortedSet<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** The model of a collection that names none. {@link #find} says whether this process offers it. */
    public String defaultName() {
        return defaultName;
    }
}
