package dev.tandem.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.VectorMatch;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The common ground of the suites that every engine passes. A subclass of each suite, which does nothing but open the engine, is all that
 * an engine needs. What the engine declares that it can't is skipped; nothing else is.
 */
public abstract class EngineContract {

    private static final double SAME_MEANING = 0.99;

    private @Nullable EngineFixture opened;

    /** The engine, with no index of any collection of the test. */
    protected abstract EngineFixture open();

    @BeforeEach
    void openEngine() {
        opened = open();
    }

    @AfterEach
    void closeEngine() {
        if (opened != null) {
            opened.close();
        }
    }

    EngineFixture engine() {
        return Objects.requireNonNull(opened);
    }

    boolean can(Engine.Capability capability) {
        return engine().can(capability);
    }

    /** Skips the test where the engine declares that it can't. */
    void requires(Engine.Capability capability) {
        assumeTrue(
                can(capability),
                () -> engine().indexes().engine().name() + " does not declare that it can " + capability);
    }

    /** The documents that {@link Entries#saying say} a word: each way of searching that the engine has finds them. */
    Set<UUID> saying(Collection collection, String word) {
        return saying(engine(), collection, word);
    }

    static Set<UUID> saying(EngineFixture engine, Collection collection, String word) {
        return saying(engine, collection, word, collection.embedding().dimensions());
    }

    /** @param dimensions of the vectors in the index */
    static Set<UUID> saying(EngineFixture engine, Collection collection, String word, int dimensions) {
        Vector meaning = Entries.meaning(word, dimensions);
        Candidates found = engine.search(collection, word, meaning, Filter.EVERYTHING, 1_000);
        Set<UUID> byWords = byWords(found);
        Set<UUID> byMeaning = found.byVector().stream()
                .filter(match -> match.similarity() > SAME_MEANING)
                .map(VectorMatch::documentId)
                .collect(Collectors.toSet());
        if (engine.can(Engine.Capability.KEYWORDS) && engine.can(Engine.Capability.VECTORS)) {
            assertThat(byMeaning).as("by meaning, not by words").isEqualTo(byWords);
        }
        return engine.can(Engine.Capability.KEYWORDS) ? byWords : byMeaning;
    }

    static Set<UUID> byWords(Candidates found) {
        return found.byWords().stream().map(KeywordMatch::documentId).collect(Collectors.toSet());
    }

    static Set<UUID> byVector(Candidates found) {
        return found.byVector().stream().map(VectorMatch::documentId).collect(Collectors.toSet());
    }
}
