package dev.tandem.database.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.job.Job;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.JobSamples;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code toDomain(toEntity(x))} equals {@code x}; and {@code copy} brings a row up to any later state of the same object. */
class MapperLawsTest {

    private static final int SAMPLES = 500;

    private final DocumentSamples documents = new DocumentSamples(new Random(1));
    private final CollectionSamples collections = new CollectionSamples(new Random(2));
    private final DocumentMapper documentMapper = new DocumentMapper();
    private final CollectionMapper collectionMapper = new CollectionMapper();
    private final JobMapper jobMapper = new JobMapper();
    private final ChunkMapper chunkMapper = new ChunkMapper();

    @Test
    void documentsComeBackAsTheyWere() {
        for (int i = 0; i < SAMPLES; i++) {
            Document document = documents.next(documents.id());
            assertThat(documentMapper.toDomain(documentMapper.toEntity(document)))
                    .isEqualTo(document);
        }
    }

    @Test
    void collectionsComeBackAsTheyWere() {
        for (int i = 0; i < SAMPLES; i++) {
            Collection collection = collections.next();
            assertThat(collectionMapper.toDomain(collectionMapper.toEntity(collection)))
                    .isEqualTo(collection);
        }
    }

    @Test
    void aCopiedCollectionIsTheNewOneWithTheOldIdentity() {
        for (int i = 0; i < SAMPLES; i++) {
            Collection before = collections.next();
            Collection other = collections.next();
            Collection after = new Collection(
                    before.id(),
                    before.name(),
                    other.description(),
                    other.settings(),
                    other.version(),
                    before.createdAt(),
                    other.updatedAt());
            CollectionEntity row = collectionMapper.toEntity(before);
            collectionMapper.copy(after, row);
            assertThat(collectionMapper.toDomain(row)).isEqualTo(after);
        }
    }

    @Test
    void jobsComeBackAsTheyWere() {
        for (int i = 0; i < SAMPLES; i++) {
            Job job = new JobSamples(new Random(i)).next();
            assertThat(jobMapper.toDomain(jobMapper.toEntity(job))).isEqualTo(job);
        }
    }

    @Test
    void chunksComeBackAsTheyWere() {
        for (int i = 0; i < SAMPLES; i++) {
            for (Chunk chunk : documents.chunks(UUID.randomUUID(), 1 + i % 384)) {
                assertThat(chunkMapper.toDomain(chunkMapper.toEntity(chunk, i))).isEqualTo(chunk);
            }
        }
    }
}
