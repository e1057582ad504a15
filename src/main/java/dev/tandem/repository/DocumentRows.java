package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the results of queries for documents. */
@Singleton
class DocumentRows {

    /** {@link DocumentSizes#SIZE} with parameters: content, title, and metadata three times. */
    private static final String SIZE = DocumentSizes.SIZE.replaceAll("content|title|metadata", "?");

    /** Selects the ids and sizes of the rows that meet the condition that follows. {@link #sizes} reads the result. */
    static final String SIZES = "select id, cast(sql('" + SIZE
            + "', content, title, metadata, metadata, metadata) as long) from DocumentEntity where ";

    private final DocumentMapper mapper;

    DocumentRows(DocumentMapper mapper) {
        this.mapper = mapper;
    }

    Uni<List<Document>> all(Uni<List<DocumentEntity>> rows) {
        return rows.call(DocumentRows::forget)
                .map(read -> read.stream().map(mapper::toDomain).toList());
    }

    /** The row that a unique key finds; null if there is none. */
    Uni<@Nullable Document> one(PanacheQuery<DocumentEntity> key) {
        return Rows.only(key)
                .call(read -> forget(Stream.ofNullable(read).toList()))
                .map(read -> read == null ? null : mapper.toDomain(read));
    }

    /** The document of the first row, if the row says after it that it is there; null otherwise. */
    Uni<@Nullable Document> there(Uni<List<Object[]>> rows) {
        return rows.call(read ->
                        forget(read.stream().map(row -> (DocumentEntity) row[0]).toList()))
                .map(read -> read.isEmpty() || !(Boolean) read.getFirst()[1]
                        ? null
                        : mapper.toDomain((DocumentEntity) read.getFirst()[0]));
    }

    static List<DocumentSize> sizes(List<Object[]> rows) {
        return rows.stream()
                .map(row -> new DocumentSize(Rows.id(row[0]), Rows.number(row[1])))
                .toList();
    }

    /** Detaches rows. The session would otherwise keep them to its end, and return the old state even after a write. */
    private static Uni<Void> forget(List<DocumentEntity> rows) {
        return Panache.getSession()
                .invoke(session -> rows.forEach(session::detach))
                .replaceWithVoid();
    }
}
