package dev.tandem.database.mapper;

import dev.tandem.database.entity.RevisionEntity;
import dev.tandem.domain.document.ContentHash;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Body;
import dev.tandem.domain.document.Document.Identity;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.document.Versioning;
import dev.tandem.domain.embedding.EmbeddedVersions;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Metadata;
import jakarta.inject.Singleton;

/** Maps rows of {@code revision} to documents as they were. PostgreSQL itself creates the rows, from those of {@code document}. */
@Singleton
public class RevisionMapper {

    public DocumentState toDomain(RevisionEntity row) {
        Document document = new Document(
                new Identity(row.documentId, row.collectionId, row.key, row.createdAt),
                new Body(
                        new Text(row.title, row.content, new ContentHash(row.contentHash)),
                        new Metadata(row.metadata),
                        row.expiresAt),
                new Versioning(row.version, row.version, EmbeddedVersions.NONE, row.updatedAt, row.author));
        return new DocumentState(document, row.embedding == null ? null : Vector.ofBytes(row.embedding));
    }
}
