package dev.tandem.service.transfer;

import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.service.document.DocumentWriter;
import dev.tandem.service.document.DocumentWriter.Replacement;
import dev.tandem.service.document.JudgingDeadline;
import dev.tandem.service.document.JudgingThreads;
import dev.tandem.service.transfer.ImportBatch.Judged.Patch;
import dev.tandem.service.transfer.ImportBatch.Judged.Sound;
import dev.tandem.service.transfer.ImportBatch.Judged.Whole;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Reads the documents that lines change, and decides what becomes of them. They must be locked, so it runs in the transaction of its caller. */
@Singleton
class LineReplacements {

    private final DocumentRepository documents;
    private final DocumentWriter writer;
    private final DocumentFactory factory;
    private final JudgingThreads threads;

    LineReplacements(
            DocumentRepository documents, DocumentWriter writer, DocumentFactory factory, JudgingThreads threads) {
        this.documents = documents;
        this.writer = writer;
        this.factory = factory;
        this.threads = threads;
    }

    /** A line, and the document that it changes. */
    record Change(Sound line, DocumentSize current) {}

    /**
     * What becomes of the documents.
     *
     * @param lines those that write something, in their order
     * @param replacements what each of them writes
     * @param refused the other lines
     */
    record Decided(List<Sound> lines, List<Replacement> replacements, List<LineResult> refused) {

        private static Decided nothing() {
            return new Decided(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        private void add(Sound line, Replacement replacement) {
            lines.add(line);
            replacements.add(replacement);
        }

        private void refuse(Sound line, Refusal refusal) {
            refused.add(new LineResult.Refused(line.number(), line.key(), refusal));
        }
    }

    /**
     * Decides about changes of different documents, up to the first refusal if that ends the import. Fails with
     * {@link Refusal.Unavailable} if checking patched documents takes too long.
     */
    Uni<Decided> of(Collection owner, List<Change> changes, ImportOptions options) {
        return documents
                .byIds(changes.stream().map(change -> change.current.id()).toList())
                .chain(found -> writer.withOwnVectors(owner, found))
                .map(LineReplacements::byId)
                .chain(current -> decide(owner, changes, current, options));
    }

    /** What patches result in is checked on another thread. Rows are locked meanwhile, so this has a deadline. */
    private Uni<Decided> decide(
            Collection owner, List<Change> changes, Map<UUID, DocumentState> current, ImportOptions options) {
        JudgingDeadline deadline = JudgingDeadline.fromNow();
        return options.mode() == ImportMode.MERGE
                ? threads.judgeMatching(() -> decided(owner, changes, current, options, deadline))
                : Uni.createFrom().item(() -> decided(owner, changes, current, options, deadline));
    }

    private Decided decided(
            Collection owner,
            List<Change> changes,
            Map<UUID, DocumentState> current,
            ImportOptions options,
            JudgingDeadline deadline) {
        Decided decided = Decided.nothing();
        for (Change change : changes) {
            deadline.check();
            DocumentState present = Objects.requireNonNull(current.get(change.current.id()));
            try {
                DocumentState wanted = wanted(owner, change.line, present, options);
                decided.add(change.line, Replacement.of(owner, present, wanted));
            } catch (Refusal.Rejected rejected) {
                decided.refuse(change.line, rejected);
                if (options.stopAtRefusal()) {
                    break;
                }
            }
        }
        return decided;
    }

    private DocumentState wanted(Collection owner, Sound line, DocumentState present, ImportOptions options) {
        return switch (line) {
            case Whole whole -> whole.submission();
            case Patch patch -> {
                DocumentDraft draft = patch.patch().apply(present.document());
                yield factory.replacement(owner, draft.by(options.author()));
            }
        };
    }

    private static Map<UUID, DocumentState> byId(List<DocumentState> found) {
        return found.stream().collect(toMap(state -> state.document().id(), Function.identity()));
    }
}
