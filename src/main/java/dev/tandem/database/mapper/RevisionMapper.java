package dev.tandem.database.mapper;

import dev.tandem.database.entity.RevisionEntity;
import dev.tandem.domain.document.ContentHash;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Metadata;
import jakarta.inject.Singleton;

/** Maps rows of {@code revision} to documents as they were. PostgreSQL itself creates the rows, from those of {@code document}. */
@Singleton
public class RevisionMapper {

    public DocumentState toDomain(RevisionEntity row) {
        Document document = new Document(
                row.documentId,
                row.collectionId,
                row.key,
                row.title,
                row.content,
                new Metadata(row.metadata),
                new ContentHash(row.contentHash),
                row.version,
                row.version,
                null,
                row.createdAt,
                row.updatedAt,
                row.author);
        return new DocumentState(document, row.embedding == null ? null : Vector.ofBytes(row.embedding));
    }
}
