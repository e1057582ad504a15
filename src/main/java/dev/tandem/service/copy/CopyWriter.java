package dev.tandem.service.copy;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.CopiedDocument;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.repository.CopiedDocumentRepository;
import dev.tandem.repository.CopiedDocumentRepository.Known;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.DocumentRepository.Locked;
import dev.tandem.repository.JobErrorRepository;
import dev.tandem.service.copy.CopyTally.Standing;
import dev.tandem.service.document.DocumentWriter;
import dev.tandem.service.transfer.ImportBatch;
import dev.tandem.service.transfer.ImportBatch.Judged;
import dev.tandem.service.transfer.ImportOptions;
import dev.tandem.service.transfer.ImportOutcome;
import dev.tandem.service.transfer.ImportWriter;
import dev.tandem.service.transfer.LineResult;
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

    private static final String CLIENTS = "A client has written or deleted this document.";

    private final CopiedDocumentRepository copied;
    private final JobErrorRepository errors;
    private final DocumentRepository documents;
    private final DocumentWriter writer;
    private final ImportWriter lines;

    CopyWriter(
            CopiedDocumentRepository copied,
            JobErrorRepository errors,
            DocumentRepository documents,
            DocumentWriter writer,
            ImportWriter lines) {
        this.copied = copied;
        this.errors = errors;
        this.documents = documents;
        this.writer = writer;
        this.lines = lines;
    }

    /**
     * Writes documents of the source.
     *
     * @param read the documents; each line has the place of its document as its number
     */
    Uni<CopyStep> put(UUID jobId, Collection successor, List<DocumentState> read, List<Judged> judged) {
        if (read.isEmpty()) {
            return Uni.createFrom().item(CopyStep.NOTHING);
        }
        List<String> keys = read.stream().map(state -> state.document().key()).toList();
        return documents.lockByKeys(successor, keys).chain(locked -> copied.known(jobId, successor.id(), keys)
                .chain(known -> lines.write(new ImportBatch(successor, owned(judged, read, known, locked)), OPTIONS)
                        .chain(outcome -> remember(jobId, new Put(read, known, outcome)))));
    }

    /** Lines are to be written only if their document is still as the copy has written it. Those of others are not even wrong. */
    private static List<Judged> owned(
            List<Judged> judged, List<DocumentState> read, Map<String, Known> known, List<Locked> locked) {
        Map<String, Long> present =
                locked.stream().filter(document -> !document.isExpired()).collect(toMap(Locked::key, Locked::version));
        return judged.stream()
                .map(line -> {
                    String key = read.get((int) line.number()).document().key();
                    long version = requireNonNull(known.get(key)).version();
                    return switch (line) {
                        case Judged.Whole whole -> new Judged.Whole(whole.number(), whole.submission(), version);
                        case Judged.Unsound unsound
                        when present.getOrDefault(key, 0L) != version ->
                            new Judged.Unsound(
                                    unsound.number(), key, new Refusal.Stale(CLIENTS, present.getOrDefault(key, 0L)));
                        default -> line;
                    };
                })
                .toList();
    }

    /**
     * What has become of documents of the source.
     *
     * @param known of their keys before
     */
    private record Put(List<DocumentState> read, Map<String, Known> known, ImportOutcome outcome) {

        List<CopiedDocument> written() {
            return outcome.accepted().stream()
                    .map(line -> {
                        Document original = original(line);
                        return new CopiedDocument(
                                line.key(),
                                original.id(),
                                line.documentId(),
                                line.version(),
                                original.expiresAt(),
                                false);
                    })
                    .toList();
        }

        Document original(LineResult line) {
            return read.get((int) line.line()).document();
        }

        /** By key. */
        Map<String, UUID> refused(boolean kept) {
            return outcome.refused().stream()
                    .filter(line -> CopyStep.isKept(line) == kept)
                    .map(this::original)
                    .collect(toMap(Document::key, Document::id));
        }

        List<String> refusedBefore() {
            return known.entrySet().stream()
                    .filter(entry -> entry.getValue().isRefused())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        CopyTally tally() {
            return outcome.results().stream()
                    .map(line -> CopyTally.of(
                            standing(requireNonNull(known.get(original(line).key()))), standing(line)))
                    .reduce(CopyTally.NONE, CopyTally::plus);
        }

        private static Standing standing(Known known) {
            return Standing.of(known.isCounted(), known.isRefused());
        }

        private static Standing standing(LineResult line) {
            return line instanceof LineResult.Refused refused && !CopyStep.isKept(refused)
                    ? Standing.FAILED
                    : Standing.DONE;
        }
    }

    private Uni<CopyStep> remember(UUID jobId, Put put) {
        List<CopiedDocument> written = put.written();
        Map<String, UUID> kept = put.refused(true);
        Map<String, UUID> refused = put.refused(false);
        Uni<Void> noted = written.isEmpty() ? Uni.createFrom().voidItem() : copied.putAll(jobId, written);
        return noted.chain(() -> kept.isEmpty() ? Uni.createFrom().voidItem() : copied.leaveAll(jobId, kept))
                .chain(() -> refused.isEmpty() ? Uni.createFrom().voidItem() : copied.refuseAll(jobId, refused))
                .chain(() -> mend(jobId, put.refusedBefore()))
                .replaceWith(() -> new CopyStep(put.outcome, List.of(), put.tally()));
    }

    /** What was wrong with these is over; if it goes on, it is said again. */
    private Uni<Void> mend(UUID jobId, List<String> keys) {
        return keys.isEmpty() ? Uni.createFrom().voidItem() : errors.removeOf(jobId, keys);
    }

    /**
     * Deletes what the copy has written of documents that the source no longer has.
     *
     * @param gone their ids in the source
     */
    Uni<CopyStep> remove(UUID jobId, Collection successor, Set<UUID> gone) {
        if (gone.isEmpty()) {
            return Uni.createFrom().item(CopyStep.NOTHING);
        }
        return copied.of(jobId, gone)
                .map(found -> found.stream().collect(toMap(CopiedDocument::key, Function.identity())))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(CopyStep.NOTHING)
                        : documents
                                .lockByKeys(successor, found.keySet())
                                .map(locked -> owned(locked, found))
                                .chain(documents::byIds)
                                .chain(own -> remove(jobId, successor, found, own)));
    }

    private Uni<CopyStep> remove(
            UUID jobId, Collection successor, Map<String, CopiedDocument> found, List<Document> own) {
        List<String> removed = own.stream().map(Document::key).toList();
        List<String> refused = found.values().stream()
                .filter(CopiedDocument::isRefused)
                .map(CopiedDocument::key)
                .toList();
        CopyTally tally = found.values().stream()
                .map(document -> CopyTally.of(Standing.of(true, document.isRefused()), Standing.ABSENT))
                .reduce(CopyTally.NONE, CopyTally::plus);
        return writer.remove(successor, own)
                .call(() -> copied.loseAll(jobId, found.keySet()))
                .call(() -> removed.isEmpty() ? Uni.createFrom().voidItem() : copied.removeAll(jobId, removed))
                .call(() -> mend(jobId, refused))
                .map(written -> new CopyStep(CopyStep.NOTHING.put(), written, tally));
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
