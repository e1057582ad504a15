package dev.tandem.index;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import java.util.List;

/** A document as an index sees it: its row and its passages, which may be none yet. */
public record IndexEntry(Document document, List<Chunk> chunks) {}
