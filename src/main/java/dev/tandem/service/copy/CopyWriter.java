package dev.tandem.service.copy;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.transfer.CopiedDocument;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.repository.CopiedDocumentRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.DocumentRepository.Locked;
import dev.tandem.service.document.DocumentWriter;
import dev.tandem.service.document.Written;
import dev.tandem.service.transfer.ImportBatch;
import dev.tandem.service.transfer.ImportBatch.Judged;
import dev.tandem.service.transfer.ImportOptions;
import dev.tandem.service.transfer.ImportOutcome;
import dev.tandem.service.transfer.ImportWriter;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes into the successor what the source has, in the transaction of its caller. It writes only what is its own: a document that is not
 * there, or that is as the copy has written it. What a client has written or deleted there stays so.
 */
@Singleton
class CopyWriter {

    private static final ImportOptions OPTIONS = new ImportOptions(ImportMode.UPSERT, false, null);

    private final CopiedDocumentRepository copied;
    private final DocumentRepository documents;
    private final DocumentWriter writer;
    private final ImportWriter lines;

    CopyWriter(
            CopiedDocumentRepository copied, DocumentRepository documents, DocumentWriter writer, ImportWriter lines) {
        this.copied = copied;
        this.documents = documents;
        this.writer = writer;
        this.lines = lines;
    }

    /**
     * Writes documents of the source.
     *
     * @param read the documents; each line has the place of its document as its number
     */
    Uni<ImportOutcome> put(UUID jobId, Collection successor, List<DocumentState> read, List<Judged> judged) {
        List<String> keys = read.stream().map(state -> state.document().key()).toList();
        return documents
                .lockByKeys(successor, keys)
                .chain(() -> copied.versions(jobId, keys))
                .map(versions ->
                        judged.stream().map(line -> owned(line, versions)).toList())
                .chain(owned -> lines.write(new ImportBatch(successor, owned), OPTIONS))
                .call(outcome -> copied.putAll(jobId, written(outcome, read)));
    }

    /** The line, to be written only if its document is still as the copy has written it. */
    private static Judged owned(Judged line, Map<String, Long> versions) {
        return line instanceof Judged.Whole whole
                ? new Judged.Whole(whole.number(), whole.submission(), versions.getOrDefault(whole.key(), 0L))
                : line;
    }

    private static List<CopiedDocument> written(ImportOutcome outcome, List<DocumentState> read) {
        return outcome.accepted().stream()
                .map(line -> {
                    Document original = read.get((int) line.line()).document();
                    return new CopiedDocument(
                            line.key(), original.id(), line.documentId(), line.version(), original.expiresAt());
                })
                .toList();
    }

    /**
     * Deletes what the copy has written of documents that the source no longer has.
     *
     * @param gone their ids in the source
     */
    Uni<List<Written>> remove(UUID jobId, Collection successor, Set<UUID> gone) {
        if (gone.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return copied.of(jobId, gone)
                .map(found -> found.stream().collect(toMap(CopiedDocument::key, Function.identity())))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : documents
                                .lockByKeys(successor, found.keySet())
                                .map(locked -> owned(locked, found))
                                .chain(documents::byIds)
                                .chain(own -> writer.remove(successor, own))
                                .call(() -> copied.removeAll(jobId, found.keySet())));
    }

    private static List<UUID> owned(List<Locked> locked, Map<String, CopiedDocument> found) {
        return locked.stream()
                .filter(document -> !document.isExpired())
                .filter(document -> isAsCopied(document, requireNonNull(found.get(document.key()))))
                .map(document -> document.size().id())
                .toList();
    }

    private static boolean isAsCopied(Locked document, CopiedDocument copied) {
        return copied.copyId().equals(document.size().id()) && copied.version() == document.version();
    }
}
