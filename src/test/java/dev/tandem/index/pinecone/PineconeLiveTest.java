package dev.tandem.index.pinecone;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.EngineFixture;
import dev.tandem.index.FilterIndexContract;
import dev.tandem.index.IndexBuild;
import dev.tandem.index.IndexBuildContract;
import dev.tandem.index.IndexContract;
import dev.tandem.index.IndexesContract;
import dev.tandem.index.Shape;
import dev.tandem.index.StampContract;
import dev.tandem.index.VectorBoundsContract;
import dev.tandem.index.VectorIndexContract;
import dev.tandem.index.shared.SharedFixture;
import dev.tandem.index.shared.SharedIndexes;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The suites against Pinecone itself. {@code PINECONE_INDEX_HOST} names the hosts of indexes, separated by commas. The suites use the
 * dimensions 2, 3 and 16 with each metric; a test for which there is no index is skipped.
 */
@DisplayName("Pinecone itself keeps the promises of an engine")
class PineconeLiveTest {

    private static final String KEY = "PINECONE_API_KEY";
    private static final String HOST = "PINECONE_INDEX_HOST";
    private static final String UNTRIED =
            "nothing was tried against Pinecone itself, because " + KEY + " and " + HOST + " are not set.";

    /** Pinecone, under a prefix of its own, which is empty again at the end. */
    private static final class LiveFixture extends EngineFixture {

        private final PineconeSettings settings = PineconeSettings.of(
                        Arrays.asList(System.getenv(HOST).split(",")), System.getenv(KEY))
                .withPrefix("tandem-test-" + UUID.randomUUID() + "-");
        private final PineconeEngine cleaner = new PineconeEngine(PineconeFixture.VERTX, settings);
        private final SharedFixture engine =
                SharedFixture.of(() -> new PineconeEngine(PineconeFixture.VERTX, settings));

        @Override
        public SharedIndexes indexes() {
            return engine.indexes();
        }

        @Override
        public IndexBuild rebuild(Collection collection) {
            try {
                await(cleaner.requireFitting(Shape.withVectors(collection)));
            } catch (Refusal.Rejected unfit) {
                assumeTrue(false, "SKIPPED: " + unfit.detail());
            }
            return super.rebuild(collection);
        }

        @Override
        public void restart() {
            engine.restart();
        }

        @Override
        public EngineFixture afterCrash() {
            return engine.afterCrash();
        }

        @Override
        public void close() {
            engine.close();
            await(cleaner.stores()).forEach(name -> await(cleaner.drop(name)));
            cleaner.close();
        }
    }

    @Test
    @DisplayName("Pinecone can be reached with the key")
    void isReachable() {
        assumeTrue(System.getenv(KEY) != null && System.getenv(HOST) != null, "SKIPPED: " + UNTRIED);
        new LiveFixture().close();
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = KEY, matches = ".+", disabledReason = UNTRIED)
    @EnabledIfEnvironmentVariable(named = HOST, matches = ".+", disabledReason = UNTRIED)
    class Index extends IndexContract {
        @Override
        protected EngineFixture open() {
            return new LiveFixture();
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = KEY, matches = ".+", disabledReason = UNTRIED)
    @EnabledIfEnvironmentVariable(named = HOST, matches = ".+", disabledReason = UNTRIED)
    class Indexes extends IndexesContract {
        @Override
        protected EngineFixture open() {
            return new LiveFixture();
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = KEY, matches = ".+", disabledReason = UNTRIED)
    @EnabledIfEnvironmentVariable(named = HOST, matches = ".+", disabledReason = UNTRIED)
    class Builds extends IndexBuildContract {
        @Override
        protected EngineFixture open() {
            return new LiveFixture();
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = KEY, matches = ".+", disabledReason = UNTRIED)
    @EnabledIfEnvironmentVariable(named = HOST, matches = ".+", disabledReason = UNTRIED)
    class Stamps extends StampContract {
        @Override
        protected EngineFixture open() {
            return new LiveFixture();
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = KEY, matches = ".+", disabledReason = UNTRIED)
    @EnabledIfEnvironmentVariable(named = HOST, matches = ".+", disabledReason = UNTRIED)
    class Filters extends FilterIndexContract {
        @Override
        protected EngineFixture open() {
            return new LiveFixture();
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = KEY, matches = ".+", disabledReason = UNTRIED)
    @EnabledIfEnvironmentVariable(named = HOST, matches = ".+", disabledReason = UNTRIED)
    class Vectors extends VectorIndexContract {
        @Override
        protected EngineFixture open() {
            return new LiveFixture();
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = KEY, matches = ".+", disabledReason = UNTRIED)
    @EnabledIfEnvironmentVariable(named = HOST, matches = ".+", disabledReason = UNTRIED)
    class Bounds extends VectorBoundsContract {
        @Override
        protected EngineFixture open() {
            return new LiveFixture();
        }
    }
}
