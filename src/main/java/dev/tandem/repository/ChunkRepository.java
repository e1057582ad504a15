package dev.tandem.repository;

import static java.util.stream.Collectors.groupingBy;

import dev.tandem.database.entity.ChunkEntity;
import dev.tandem.database.mapper.ChunkMapper;
import dev.tandem.domain.document.Chunk;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The passages of documents and their vectors: truth too, so that an index can be rebuilt without embedding anything again. */
@Singleton
public class ChunkRepository {

    private final ChunkMapper mapper;

    ChunkRepository(ChunkMapper mapper) {
        this.mapper = mapper;
    }

    /** The passages of these documents, in order; a document without passages is missing from the map. */
    public Uni<Map<UUID, List<Chunk>>> of(Collection<UUID> documentIds) {
        return ChunkEntity.<ChunkEntity>find("documentId in ?1 order by documentId, ordinal", List.copyOf(documentIds))
                .list()
                // Passages are replaced, never changed: known to the session, they would stand in the way of their
                // successors.
                .call(rows -> Panache.getSession().invoke(session -> rows.forEach(session::detach)))
                .map(rows -> rows.stream().map(mapper::toDomain).collect(groupingBy(Chunk::documentId)));
    }

    /** Gives documents these passages instead of those they had. Each of the documents must be locked. */
    public Uni<Void> replace(Collection<UUID> documentIds, List<Chunk> chunks) {
        List<ChunkEntity> rows = chunks.stream().map(mapper::toEntity).toList();
        Uni<Long> deleted = ChunkEntity.delete("documentId in ?1", List.copyOf(documentIds));
        return rows.isEmpty()
                ? deleted.replaceWithVoid()
                : deleted.chain(() -> ChunkEntity.persist(rows)).chain(Panache::flush);
    }
}
