package dev.tandem.service.copy;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.factory.document.ExpiryDraft;
import dev.tandem.service.copy.CopySource.Ends;
import dev.tandem.service.document.JudgingThreads;
import dev.tandem.service.transfer.ImportBatch.Judged;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Makes documents of the successor from those of the source, as if they were the lines of an import; their numbers count from 0. */
@Singleton
class CopyLines {

    private final DocumentFactory factory;
    private final JudgingThreads threads;

    CopyLines(DocumentFactory factory, JudgingThreads threads) {
        this.factory = factory;
        this.threads = threads;
    }

    /** Checks the documents against the successor's rules, on a thread that may take its time. */
    Uni<List<Judged>> of(Ends ends, List<DocumentState> read) {
        return threads.judgeLines(() -> {
            List<Judged> lines = new ArrayList<>();
            for (DocumentState state : read) {
                lines.add(line(ends, lines.size(), state));
            }
            return lines;
        });
    }

    private Judged line(Ends ends, int number, DocumentState read) {
        Collection successor = ends.successor();
        DocumentDraft draft = DocumentDraft.of(read)
                .expiring(new ExpiryDraft.Kept(read.document().expiresAt()));
        try {
            DocumentDraft wanted = CopyVectors.hasSameModel(ends.source(), successor) ? draft : draft.withoutVector();
            DocumentState copy = factory.replacement(successor, wanted);
            List<Chunk> made = read.chunks();
            return new Judged.Whole(number, made == null ? copy : embedded(successor, copy, made), null);
        } catch (Refusal.Rejected rejected) {
            return new Judged.Unsound(number, read.document().key(), rejected);
        }
    }

    /** With the chunks that a model has made of the text; as it is if the successor's metric cannot compare one of them. */
    private static DocumentState embedded(Collection successor, DocumentState copy, List<Chunk> made) {
        Document document = copy.document();
        return made.stream().allMatch(chunk -> successor.embedding().takes(chunk.vector()))
                ? DocumentState.embedded(
                        document.embeddedAt(successor.searched(), document.version()),
                        made.stream().map(chunk -> chunk.of(document.id())).toList(),
                        false)
                : copy;
    }
}
