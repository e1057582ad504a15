package dev.tandem.sync;

import dev.tandem.service.document.ExpiredDocuments;
import dev.tandem.service.document.HistoryService;
import dev.tandem.service.idempotency.Idempotency;
import dev.tandem.service.maintenance.VectorSweep;
import dev.tandem.service.search.paging.HitPages;
import dev.tandem.service.transfer.ImportSpool;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The kinds of rows that are deleted when their time is over. */
@Singleton
class RowSweeps {

    private static final Logger LOG = Logger.getLogger(RowSweeps.class);

    private final List<Part> parts;

    RowSweeps(
            Idempotency idempotency,
            HistoryService history,
            ImportSpool imports,
            VectorSweep sets,
            ExpiredDocuments expired,
            HitPages pages) {
        parts = List.of(
                new Part("Sweeping answers to requests", idempotency::prune),
                new Part("Sweeping revisions", history::prune),
                new Part("Sweeping lines of imports", imports::prune),
                new Part("Sweeping vectors", sets::sweep),
                new Part("Sweeping expired documents", expired::sweep),
                new Part("Sweeping lists of hits", pages::prune));
    }

    /** Sweeps all kinds, one after the other. One that fails is tried again the next time, and does not stop the others. */
    Uni<Void> sweep() {
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(Part::sweep)
                .onItem()
                .ignoreAsUni();
    }

    private static final class Part {

        private final Supplier<Uni<Void>> prune;
        private final FailureLog failures;

        Part(String name, Supplier<Uni<Void>> prune) {
            this.prune = prune;
            this.failures = new FailureLog(LOG, name);
        }

        Uni<Void> sweep() {
            return Uni.createFrom()
                    .deferred(prune::get)
                    .invoke(failures::worked)
                    .onFailure()
                    .recoverWithUni(failure -> {
                        failures.failed(failure);
                        return Uni.createFrom().voidItem();
                    });
        }
    }
}
