package dev.tandem.domain.change;

import java.util.UUID;

/** Something that has happened to a document's rows. */
public record Change(Position position, UUID collectionId, UUID documentId, ChangeKind kind) {}
