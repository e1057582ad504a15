package dev.tandem.service;

import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.change.Precondition;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Submission;
import dev.tandem.domain.error.Refusal;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.service.DocumentWriter.Replacement;
import dev.tandem.service.ImportBatch.Judged.Sound;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the sound lines of a batch, each as if it were the only one. Always inside somebody's transaction. */
@Singleton
class ImportWriter {

    private final DocumentRepository documents;
    private final DocumentWriter writer;

    ImportWriter(DocumentRepository documents, DocumentWriter writer) {
        this.documents = documents;
        this.writer = writer;
    }

    /** A line was refused that is to end the import, and with it the transaction that wrote what stands behind it. */
    static final class Stopped extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient LineResult.Refused refused;

        private Stopped(LineResult.Refused refused) {
            super(null, refused.refusal(), false, false);
            this.refused = refused;
        }

        LineResult.Refused refused() {
            return refused;
        }
    }

    /** What is to be written of a round, and what is refused. */
    private static final class Plan {
        final List<Sound> additions = new ArrayList<>();
        final List<Sound> changes = new ArrayList<>();
        final List<Replacement> replacements = new ArrayList<>();
        final List<LineResult> refused = new ArrayList<>();
    }

    /** Fails with {@link Stopped} at the first refusal if that is to end the import. */
    Uni<List<LineResult>> write(ImportBatch batch, ImportOptions options) {
        List<LineResult> results = new ArrayList<>();
        Uni<Void> written = Uni.createFrom().voidItem();
        for (List<Sound> round : batch.rounds()) {
            written = written.chain(() -> write(batch.owner(), round, options))
                    .invoke(results::addAll)
                    .replaceWithVoid();
        }
        return written.replaceWith(results);
    }

    private Uni<List<LineResult>> write(Collection owner, List<Sound> round, ImportOptions options) {
        // Whoever adds the same keys adds them in the same order, so that one waits for the other instead of both.
        List<Sound> ordered =
                round.stream().sorted(Comparator.comparing(Sound::key)).toList();
        return documents
                .lockByKeys(owner.id(), ordered.stream().map(Sound::key).toList())
                .chain(writer::withOwnVectors)
                .map(found -> plan(owner, ordered, found, options))
                .chain(plan -> carryOut(owner, plan));
    }

    private static Plan plan(Collection owner, List<Sound> lines, List<Submission> found, ImportOptions options) {
        Map<String, Submission> byKey =
                found.stream().collect(toMap(current -> current.document().key(), Function.identity()));
        Plan plan = new Plan();
        for (Sound line : lines) {
            Submission current = byKey.get(line.key());
            Refusal refusal = refusal(owner, line, current, options.mode());
            if (refusal != null) {
                plan.refused.add(new LineResult.Refused(line.number(), line.key(), refusal));
            } else if (current == null) {
                plan.additions.add(line);
            } else {
                plan.changes.add(line);
                plan.replacements.add(new Replacement(current, line.submission()));
            }
        }
        if (options.stopAtRefusal()) {
            plan.refused.stream()
                    .min(Comparator.comparingLong(LineResult::line))
                    .ifPresent(first -> {
                        throw new Stopped((LineResult.Refused) first);
                    });
        }
        return plan;
    }

    private static @Nullable Refusal refusal(
            Collection owner, Sound line, @Nullable Submission current, ImportMode mode) {
        if (mode == ImportMode.CREATE && current != null) {
            return Refusal.Conflict.keyTaken();
        }
        if (mode == ImportMode.REPLACE && current == null) {
            return Refusal.NotFound.document(line.key());
        }
        try {
            precondition(line.ifVersion())
                    .check(
                            current == null ? null : current.document().version(),
                            owner.settings().requireIfMatch());
            return null;
        } catch (Refusal refusal) {
            return refusal;
        }
    }

    private static Precondition precondition(@Nullable Long ifVersion) {
        if (ifVersion == null) {
            return Precondition.NONE;
        }
        return ifVersion == 0 ? new Precondition(null, false, true) : new Precondition(Set.of(ifVersion), true, false);
    }

    private Uni<List<LineResult>> carryOut(Collection owner, Plan plan) {
        List<LineResult> results = new ArrayList<>(plan.refused);
        return writer.add(owner, plan.additions.stream().map(Sound::submission).toList())
                .invoke(written -> addResults(plan.additions, written, results))
                .chain(() -> writer.replace(owner, plan.replacements))
                .invoke(written -> addResults(plan.changes, written, results))
                .replaceWith(results);
    }

    private static void addResults(List<Sound> lines, List<Written> written, List<LineResult> results) {
        for (int i = 0; i < lines.size(); i++) {
            results.add(new LineResult.Accepted(lines.get(i).number(), written.get(i)));
        }
    }
}
