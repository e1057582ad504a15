package dev.tandem.service;

import dev.tandem.domain.document.Document;

/**
 * What a write did to a document.
 *
 * @param created whether the document is new
 * @param sequence a reader who has come this far sees the write; 0 where nothing had to be written
 */
public record Written(Document document, boolean created, long sequence) {}
