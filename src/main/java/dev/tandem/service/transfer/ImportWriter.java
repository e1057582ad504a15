package dev.tandem.service.transfer;

import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.document.OwnVectorRules;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.DocumentRepository.Locked;
import dev.tandem.service.document.DocumentWriter;
import dev.tandem.service.document.Written;
import dev.tandem.service.transfer.ImportBatch.Judged.Sound;
import dev.tandem.service.transfer.ImportBatch.Judged.Unsound;
import dev.tandem.service.transfer.ImportBatch.Judged.Whole;
import dev.tandem.service.transfer.LineReplacements.Change;
import dev.tandem.service.transfer.LineReplacements.Decided;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the lines of a batch, each as if it were the only one. It always runs in the transaction of its caller. */
@Singleton
public class ImportWriter {

    private final DocumentRepository documents;
    private final DocumentWriter writer;
    private final LineReplacements replacements;

    ImportWriter(DocumentRepository documents, DocumentWriter writer, LineReplacements replacements) {
        this.documents = documents;
        this.writer = writer;
        this.replacements = replacements;
    }

    /** In bytes: documents that are replaced are read in groups of at most this size. */
    private static final long LARGEST_PORTION = 8 << 20;

    /** What to write of a run, and what to refuse. */
    private static final class Plan {
        final List<Whole> additions = new ArrayList<>();
        final List<Change> changes = new ArrayList<>();
        final List<LineResult> refused = new ArrayList<>();
    }

    /** Writes the batch up to its end, or up to its first refusal if that ends the import. */
    public Uni<ImportOutcome> write(ImportBatch batch, ImportOptions options) {
        ImportBatch wanted = options.stopAtRefusal() ? batch.untilUnsound() : batch;
        List<LineResult> results = new ArrayList<>();
        Uni<Boolean> stopped = Uni.createFrom().item(false);
        for (List<Sound> run : wanted.runs()) {
            stopped = stopped.chain(before -> before
                    ? Uni.createFrom().item(true)
                    : write(batch.owner(), run, options)
                            .invoke(results::addAll)
                            .map(written -> options.stopAtRefusal() && hasRefusal(written)));
        }
        return stopped.map(early -> early ? outcome(results, true) : outcome(wanted, results, options));
    }

    private static ImportOutcome outcome(ImportBatch wanted, List<LineResult> written, ImportOptions options) {
        List<Unsound> unsound = wanted.unsound();
        List<LineResult> results = new ArrayList<>(written);
        unsound.forEach(line -> results.add(line.result()));
        return outcome(results, options.stopAtRefusal() && !unsound.isEmpty());
    }

    private static ImportOutcome outcome(List<LineResult> results, boolean stopped) {
        return new ImportOutcome(
                results.stream()
                        .sorted(Comparator.comparingLong(LineResult::line))
                        .toList(),
                stopped);
    }

    private static boolean hasRefusal(List<LineResult> results) {
        return results.stream().anyMatch(LineResult.Refused.class::isInstance);
    }

    private Uni<List<LineResult>> write(Collection owner, List<Sound> run, ImportOptions options) {
        return documents
                .lockByKeys(owner, run.stream().map(Sound::key).toList())
                .chain(found -> withoutExpired(owner, found))
                .map(found -> plan(owner, run, found, options))
                .chain(plan -> carryOut(owner, plan, options))
                .map(written -> options.stopAtRefusal() ? untilRefusal(written) : written);
    }

    /** Documents that have expired count as deleted, and now they are. */
    private Uni<List<Locked>> withoutExpired(Collection owner, List<Locked> found) {
        List<UUID> expired = found.stream()
                .filter(Locked::isExpired)
                .map(locked -> locked.size().id())
                .toList();
        return expired.isEmpty()
                ? Uni.createFrom().item(found)
                : writer.expire(owner, expired)
                        .replaceWith(found.stream()
                                .filter(locked -> !locked.isExpired())
                                .toList());
    }

    /** A patch may be refused after the plan has refused a later line, which is then never reached. */
    private static List<LineResult> untilRefusal(List<LineResult> results) {
        long first = results.stream()
                .filter(LineResult.Refused.class::isInstance)
                .mapToLong(LineResult::line)
                .min()
                .orElse(Long.MAX_VALUE);
        return results.stream().filter(result -> result.line() <= first).toList();
    }

    private static Plan plan(Collection owner, List<Sound> run, List<Locked> found, ImportOptions options) {
        Map<String, Locked> byKey = found.stream().collect(toMap(Locked::key, Function.identity()));
        Plan plan = new Plan();
        for (Sound line : run) {
            Locked current = byKey.get(line.key());
            Refusal refusal = refusal(owner, line, current, options.mode());
            if (refusal != null) {
                plan.refused.add(new LineResult.Refused(line.number(), line.key(), refusal));
                if (options.stopAtRefusal()) {
                    break;
                }
            } else if (current != null) {
                plan.changes.add(new Change(line, current.size()));
            } else if (line instanceof Whole added) {
                plan.additions.add(added);
            }
        }
        // All writers add keys in the same order, so that two with the same keys cannot deadlock.
        plan.additions.sort(Comparator.comparing(Whole::key));
        return plan;
    }

    private static @Nullable Refusal refusal(Collection owner, Sound line, @Nullable Locked current, ImportMode mode) {
        if (mode == ImportMode.CREATE && current != null) {
            return Document.keyTaken();
        }
        if (current == null && (mode == ImportMode.REPLACE || mode == ImportMode.MERGE)) {
            return Refusal.NotFound.of(Document.NOUN, line.key());
        }
        try {
            precondition(line.ifVersion())
                    .check(
                            current == null ? null : current.version(),
                            owner.settings().requireIfMatch());
            if (line instanceof Whole whole) {
                OwnVectorRules.check(owner, current == null ? null : current.present(), whole.submission());
            }
            return null;
        } catch (Refusal refusal) {
            return refusal;
        }
    }

    private static Precondition precondition(@Nullable Long ifVersion) {
        if (ifVersion == null) {
            return Precondition.NONE;
        }
        return ifVersion == 0 ? new Precondition(null, false, true) : new Precondition(ifVersion::equals, true, false);
    }

    private Uni<List<LineResult>> carryOut(Collection owner, Plan plan, ImportOptions options) {
        List<LineResult> results = new ArrayList<>(plan.refused);
        Uni<Void> written = writer.add(
                        owner, plan.additions.stream().map(Whole::submission).toList())
                .invoke(added -> addResults(plan.additions, added, results))
                .replaceWithVoid();
        AtomicBoolean isStopped = new AtomicBoolean();
        for (List<Change> portion : portions(plan.changes)) {
            written = written.chain(() -> isStopped.get()
                    ? Uni.createFrom().voidItem()
                    : replacements
                            .of(owner, portion, options)
                            .invoke(decided -> isStopped.set(options.stopAtRefusal()
                                    && !decided.refused().isEmpty()))
                            .chain(decided -> replace(owner, decided, results)));
        }
        return written.replaceWith(results);
    }

    private Uni<Void> replace(Collection owner, Decided decided, List<LineResult> results) {
        results.addAll(decided.refused());
        return writer.replace(owner, decided.replacements())
                .invoke(replaced -> addResults(decided.lines(), replaced, results))
                .replaceWithVoid();
    }

    private static List<List<Change>> portions(List<Change> changes) {
        List<List<Change>> portions = new ArrayList<>();
        for (int from = 0; from < changes.size(); from += portions.getLast().size()) {
            List<Change> rest = changes.subList(from, changes.size());
            int fitting =
                    DocumentSize.fitting(rest.stream().map(Change::current).toList(), LARGEST_PORTION);
            portions.add(rest.subList(0, fitting));
        }
        return portions;
    }

    private static void addResults(List<? extends Sound> lines, List<Written> written, List<LineResult> results) {
        for (int i = 0; i < lines.size(); i++) {
            results.add(LineResult.Accepted.of(lines.get(i).number(), written.get(i)));
        }
    }
}
