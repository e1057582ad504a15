package dev.tandem.index.parts;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.Engine;
import dev.tandem.index.Indexes;
import dev.tandem.index.shared.SharedIndexes;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;

/**
 * The search engines of this service. A collection's index has a part in its engine. If that engine has no keyword search, the words are in a
 * second part, in the process.
 */
public final class Engines {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Map<String, Indexes> byName = new LinkedHashMap<>();

    /** @param engines the first is the default of new collections; one of them is {@link IndexSettings#LUCENE} */
    public Engines(List<Indexes> engines) {
        engines.forEach(indexes -> byName.put(indexes.engine().name(), indexes));
    }

    /** Those that all replicas share. */
    public List<SharedIndexes> shared() {
        return byName.values().stream()
                .filter(SharedIndexes.class::isInstance)
                .map(SharedIndexes.class::cast)
                .toList();
    }

    /** The default first. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    public SequencedCollection<Indexes> all() {
        return List.copyOf(byName.values());
    }

    /** Empty if this service does not have the engine, perhaps no longer. */
    public Optional<Indexes> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The engine with the name. Fails with {@link Refusal.Unavailable} if this service does not have it. */
    public Indexes get(String name) {
        return find(name)
                .orElseThrow(() -> new Refusal.Unavailable(
                        "engine.unknown", "This service is not configured for the engine " + name + ".", RETRY_AFTER));
    }

    /**
     * Checks that the engine can hold the collection's vectors. Fails with {@link Refusal.Rejected} if it cannot, and with {@link
     * Refusal.Unavailable} if this service does not have the engine.
     */
    public Uni<Void> requireFitting(Collection collection, String engine) {
        return Uni.createFrom().deferred(() -> get(engine).requireFitting(collection));
    }

    /** The engine inside the process. */
    public Indexes local() {
        return get(IndexSettings.LUCENE);
    }

    /** Whether the engine has to have a part of the index of a collection with these settings. */
    public boolean hasPart(IndexSettings settings, String engine) {
        return settings.uses(engine) || (engine.equals(IndexSettings.LUCENE) && needsWords(settings));
    }

    /** The engines that have a part of the collection's index, as far as this service has them. */
    public List<Indexes> of(Collection collection) {
        IndexSettings settings = collection.settings().index();
        return all().stream()
                .filter(indexes -> hasPart(settings, indexes.engine().name()))
                .toList();
    }

    /**
     * What searches of a collection with these settings use when it is not moving: its engine and, if that has no keyword search, the words in
     * the process. Fails with {@link Refusal.Unavailable} if this service does not have the engine.
     */
    public List<Indexes> present(IndexSettings settings) {
        Indexes own = get(settings.engine());
        return own.engine().can(Engine.Capability.KEYWORDS) ? List.of(own) : List.of(own, local());
    }

    private boolean needsWords(IndexSettings settings) {
        return all().stream()
                .map(Indexes::engine)
                .anyMatch(engine -> settings.uses(engine.name()) && !engine.can(Engine.Capability.KEYWORDS));
    }
}
