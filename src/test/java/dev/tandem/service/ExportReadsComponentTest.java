package dev.tandem.service;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.service.document.StoredDocument;
import dev.tandem.service.transfer.ExportService;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However large documents are, a read holds little more than the largest of them. */
@QuarkusTest
class ExportReadsComponentTest {

    private static final int LARGEST_READ = 1 << 18;
    private static final int SMALL = 600;
    private static final int LARGE = 40;

    /** Numbered, the small ones first; past the service, which would have them indexed and is slower. */
    private static final String ADD = """
            insert into document (id, collection_id, key, title, content, metadata, content_hash, version, text_version,
                                  created_at, updated_at)
            select cast(overlay(cast(cast(? as uuid) as text) placing lpad(to_hex(n), 12, '0') from 25) as uuid), ?, n, null,
                   case when n > ? then repeat('x', ?) end,
                   case when n > ? then jsonb_build_object('text', repeat('x', ?)) else '{}' end,
                   repeat('0', 64), 1, 1, now(), now()
            from generate_series(1, ?) as n
            """;

    private static final String CHUNKS = """
            insert into chunk (document_id, ordinal, start_offset, end_offset, embedding)
            select id, ordinal, 0, 0, decode(repeat('00', 4 * ?), 'hex')
            from document, generate_series(0, 99) as ordinal
            where collection_id = ? and cast(key as integer) > ?
            """;

    private static final String EMBEDDED = "update document set embedded_version = 1 where collection_id = ?";

    @Inject
    ExportService exports;

    @Inject
    World world;

    @Test
    void largeContentsBehindSmallDocuments() throws SQLException {
        Collection collection = world.collection(CollectionSamples.ownVectors(3));
        add(collection, 1_000_000, 0);
        List<List<StoredDocument>> reads = reads(collection);
        assertBounded(reads, 1_000_000);
        assertThat(reads).anyMatch(read -> read.size() > 100);
    }

    @Test
    void largeMetadataThatIsStoredSmall() throws SQLException {
        Collection collection = world.collection(CollectionSamples.ownVectors(3));
        add(collection, 0, 60_000);
        assertBounded(reads(collection), 60_000);
    }

    @Test
    void manyChunks() throws SQLException {
        int dimensions = 384;
        Collection collection = world.collection(CollectionSamples.ownVectors(dimensions));
        add(collection, 0, 0);
        Database.execute(CHUNKS, dimensions, collection.id(), SMALL);
        Database.execute(EMBEDDED, collection.id());
        List<List<StoredDocument>> reads = reads(collection);
        assertBounded(reads, 0);
        assertThat(reads.getLast().getLast().vectors().chunks())
                .hasSize(100)
                .allMatch(chunk -> chunk.vector().dimensions() == dimensions);
    }

    private static void add(Collection collection, int content, int metadata) throws SQLException {
        UUID first = UUID.randomUUID();
        Database.execute(ADD, first, collection.id(), SMALL, content, SMALL, metadata, SMALL + LARGE);
    }

    private List<List<StoredDocument>> reads(Collection collection) {
        return get(exports.export(collection.name(), Scope.EVERYTHING, Filter.EVERYTHING, true)
                .collect()
                .asList());
    }

    /** All in order, and nothing in a read beyond the bound but one document. */
    private static void assertBounded(List<List<StoredDocument>> reads, long each) {
        assertThat(reads.stream()
                        .flatMap(List::stream)
                        .map(one -> Integer.parseInt(one.document().key())))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, SMALL + LARGE).boxed().toList());
        for (List<StoredDocument> read : reads) {
            assertThat(read.size() == 1
                            || read.stream()
                                            .mapToLong(ExportReadsComponentTest::bytes)
                                            .sum()
                                    <= LARGEST_READ)
                    .as("a read of %d documents", read.size())
                    .isTrue();
        }
        assertThat(bytes(reads.getLast().getLast())).isGreaterThanOrEqualTo(each);
    }

    private static long bytes(StoredDocument exported) {
        Document document = exported.document();
        String content = document.content();
        Object text = document.metadata().values().get("text");
        return (content == null ? 0 : content.length())
                + (text == null ? 0 : text.toString().length())
                + exported.vectors().chunks().stream()
                        .mapToLong(chunk -> 12L * chunk.vector().dimensions())
                        .sum();
    }
}
