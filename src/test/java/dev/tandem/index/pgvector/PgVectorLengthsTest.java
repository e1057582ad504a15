package dev.tandem.index.pgvector;

import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Shape;
import dev.tandem.index.shared.Claim;
import dev.tandem.index.shared.Store;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of every length that a collection may have are stored and found, with a graph where there can be one. */
class PgVectorLengthsTest {

    private final Random random = new Random(3);

    private Vector vector(int dimensions) {
        float[] components = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            components[i] = (float) random.nextGaussian();
        }
        return Vector.of(components);
    }

    @ParameterizedTest
    @CsvSource({
        "COSINE, 1, vector_ip_ops",
        "COSINE, 1536, vector_ip_ops",
        "DOT, 2000, vector_ip_ops",
        "EUCLIDEAN, 2000, vector_l2_ops",
        "COSINE, 2001, halfvec_ip_ops",
        "COSINE, 4000, halfvec_ip_ops",
        "COSINE, 4001, ",
        "DOT, 2001, ",
        "EUCLIDEAN, 4096, "
    })
    @DisplayName("a graph up to 2,000 dimensions, for directions up to 4,000, and none beyond")
    void lengths(Metric metric, int dimensions, String operators) throws SQLException {
        PgVectorEngine engine = PgVectorServer.engine(Map.of());
        Store store = new Store(UUID.randomUUID(), "1xlong", new Shape(Language.NONE, metric, dimensions));
        await(engine.create(store));
        List<IndexEntry> entries = Stream.generate(
                        () -> Entries.entry(UUID.randomUUID(), null, null, Metadata.EMPTY, vector(dimensions)))
                .limit(30)
                .toList();
        await(engine.write(store, Claim.version(1, 1), entries, Set.of()));
        Vector target = vector(dimensions);
        List<VectorMatch> found = await(
                        engine.search(store, new CandidateQuery(null, target, List.of(), Filter.EVERYTHING, 5)))
                .byVector();
        List<VectorMatch> expected = entries.stream()
                .map(entry -> new VectorMatch(
                        entry.document().id(),
                        metric.similarity(target, entry.chunks().getFirst().vector()),
                        0))
                .sorted(Comparator.comparingDouble(VectorMatch::similarity).reversed())
                .limit(5)
                .toList();
        assertThat(found).hasSize(5);
        for (int i = 0; i < 5; i++) {
            double similarity = expected.get(i).similarity();
            assertThat(found.get(i).similarity())
                    .isCloseTo(similarity, Offset.offset(1e-4 * Math.max(1e-1, Math.abs(similarity))));
        }
        assertThat(graphOf(store)).isEqualTo(operators);
        await(engine.drop(store));
        engine.close();
    }

    private static String graphOf(Store store) throws SQLException {
        try (Connection connection = PgVectorServer.connect();
                ResultSet index = connection
                        .createStatement()
                        .executeQuery(
                                "select substring(indexdef from '(\\w+_ops)\\)') from pg_indexes where tablename = "
                                        + Tables.of(store).chunks().replace('"', '\'')
                                        + " and indexdef like '% hnsw %'")) {
            return index.next() ? index.getString(1) : null;
        }
    }
}
