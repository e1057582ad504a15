package dev.tandem.repository;

import dev.tandem.database.entity.ChunkEntity;
import dev.tandem.database.mapper.ChunkMapper;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.VectorSet;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads all chunks of documents piece by piece: they may be too many to be in memory together with their vectors. */
@Singleton
public class ChunkScan {

    /** In bytes: the vectors of one piece. What the event loop does with them takes a moment. */
    private static final int LARGEST_PIECE = 1 << 20;

    private static final String IN_ORDER = " order by documentId, ordinal";

    private static final String BEYOND = " and (documentId <> ?3 or ordinal > ?4)";

    private static final String UNCHANGED = """
            select document.id
            from unnest(cast(:documents as uuid[]), cast(:versions as bigint[])) as seen (id, version)
            join document on document.id = seen.id and document.version = seen.version
            """;

    private final ChunkMapper mapper;

    ChunkScan(ChunkMapper mapper) {
        this.mapper = mapper;
    }

    /** The ids of those documents that are still at the version that they were read at. */
    public Uni<List<UUID>> unchanged(List<Document> documents) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(UNCHANGED, Object.class)
                        .setParameter("documents", Columns.ids(documents, Document::id))
                        .setParameter("versions", Columns.numbers(documents, Document::version))
                        .getResultList())
                .map(rows -> rows.stream().map(Rows::id).toList());
    }

    /** Shows every chunk of these documents in a set: those of one document one after the other, in their order. */
    public Uni<Void> each(VectorSet set, List<UUID> documentIds, Consumer<Chunk> reader) {
        int most = Math.max(
                1, LARGEST_PIECE / (Float.BYTES * Math.max(1, set.embedding().dimensions())));
        return documentIds.isEmpty()
                ? Uni.createFrom().voidItem()
                : piece(most, ChunkRepository.inSet(documentIds) + IN_ORDER, Among.value(documentIds), set.number())
                        .chain(rows -> read(most, set, documentIds, rows, reader));
    }

    private Uni<Void> read(
            int most, VectorSet set, List<UUID> documentIds, List<ChunkEntity> rows, Consumer<Chunk> reader) {
        rows.forEach(row -> reader.accept(mapper.toDomain(row)));
        if (rows.size() < most) {
            return Uni.createFrom().voidItem();
        }
        ChunkEntity last = rows.getLast();
        List<UUID> rest = new ArrayList<>(documentIds);
        rest.removeAll(rows.stream()
                .map(row -> row.documentId)
                .filter(id -> !id.equals(last.documentId))
                .toList());
        return piece(
                        most,
                        ChunkRepository.inSet(rest) + BEYOND + IN_ORDER,
                        Among.value(rest),
                        set.number(),
                        last.documentId,
                        last.ordinal)
                .chain(next -> read(most, set, rest, next, reader));
    }

    private static Uni<List<ChunkEntity>> piece(int most, String query, Object... parameters) {
        return ChunkEntity.<ChunkEntity>find(query, parameters)
                .range(0, most - 1)
                .list()
                // The session would keep all pieces.
                .call(rows -> Panache.getSession().invoke(session -> rows.forEach(session::detach)));
    }
}
