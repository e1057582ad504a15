package dev.tandem.database.mapper;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.domain.document.ContentHash;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Body;
import dev.tandem.domain.document.Document.Identity;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.document.Versioning;
import dev.tandem.domain.embedding.EmbeddedVersions;
import dev.tandem.domain.metadata.Metadata;
import jakarta.inject.Singleton;

/** Maps rows of {@code document} to documents, and back. {@code toDomain(toEntity(d))} equals {@code d}. */
@Singleton
public class DocumentMapper {

    public Document toDomain(DocumentEntity row) {
        return new Document(
                new Identity(row.id, row.collectionId, row.key, row.createdAt),
                new Body(
                        new Text(row.title, row.content, new ContentHash(row.contentHash)),
                        new Metadata(row.metadata),
                        row.expiresAt),
                new Versioning(
                        row.version,
                        row.textVersion,
                        new EmbeddedVersions(row.embeddedVersion, row.oddEmbeddedVersion),
                        row.updatedAt,
                        row.author));
    }

    public DocumentEntity toEntity(Document document) {
        DocumentEntity row = new DocumentEntity();
        row.id = document.id();
        row.collectionId = document.collectionId();
        row.key = document.key();
        row.createdAt = document.createdAt();
        row.title = document.title();
        row.content = document.content();
        row.metadata = document.metadata().values();
        row.contentHash = document.contentHash().hex();
        row.version = document.version();
        row.textVersion = document.textVersion();
        row.embeddedVersion = document.embedded().even();
        row.oddEmbeddedVersion = document.embedded().odd();
        row.updatedAt = document.updatedAt();
        row.author = document.author();
        row.expiresAt = document.expiresAt();
        return row;
    }
}
