package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.CallerThreads;
import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Searches race with deletes and metadata changes. None shows a document that was out of it all the time that the search took. */
@ExtendWith({CrashReport.class, SharedCluster.class})
class SearchRaceIT {

    private static final int DOCUMENTS = 200;
    private static final int WRITERS = 8;
    private static final int SEARCHERS = 24;
    private static final Duration DURATION = Duration.ofSeconds(CrashOptions.amount("race-seconds", 5, 60));

    private final Random random = CrashOptions.random("race");
    private final List<RacingDocument> documents = IntStream.range(0, DOCUMENTS)
            .mapToObj(n -> new RacingDocument("race" + n))
            .toList();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void noSearchShowsWhatWasDeletedOrOutOfTheFilterBeforeItBegan(Cluster cluster) throws Exception {
        try (ExecutorService clients = CallerThreads.open()) {
            long end = System.nanoTime() + DURATION.toNanos();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                List<RacingDocument> own = documents.subList(i * DOCUMENTS / WRITERS, (i + 1) * DOCUMENTS / WRITERS);
                Random chance = new Random(random.nextLong());
                running.add(clients.submit(() -> change(cluster.replica(0), own, chance, end)));
            }
            for (int i = 0; i < SEARCHERS; i++) {
                Random chance = new Random(random.nextLong());
                running.add(clients.submit(() -> search(cluster.replica(0), chance, end)));
            }
            for (Future<?> client : running) {
                client.get(DURATION.toSeconds() + 60, TimeUnit.SECONDS);
            }
        }
        CrashReport.add(
                "searches race with deletes and metadata changes",
                "%d clients, %d s, %,d changes, %,d searches"
                        .formatted(WRITERS + SEARCHERS, DURATION.toSeconds(), changes.get(), searches.get()),
                "%d hits that were deleted or out of the filter all the time".formatted(violations.size()));
        assertThat(violations).as("seed %d", CrashOptions.SEED).isEmpty();
        assertThat(searches).hasPositiveValue();
        assertThat(changes).hasPositiveValue();
    }

    private Void change(PackagedService replica, List<RacingDocument> own, Random chance, long end) throws Exception {
        while (System.nanoTime() < end) {
            RacingDocument document = own.get(chance.nextInt(own.size()));
            document.change(replica, chance.nextInt(3));
            changes.incrementAndGet();
        }
        return null;
    }

    /** By words or by vector, with the filter that only documents on the stage match. */
    private Void search(PackagedService replica, Random chance, long end) throws Exception {
        Search search = new Search(replica, Cluster.OWN);
        while (System.nanoTime() < end) {
            JsonObject question = new JsonObject()
                    .put("filter", new JsonObject().put("onStage", true))
                    .put("limit", chance.nextBoolean() ? 10 : DOCUMENTS);
            if (chance.nextBoolean()) {
                question.put("query", Words.COMMON).put("mode", "keyword");
            } else {
                JsonArray anyVector = Words.vector("v" + chance.nextInt());
                question.put("vector", anyVector).put("mode", "vector");
            }
            long began = System.nanoTime();
            List<String> keys = search.keys(question);
            long ended = System.nanoTime();
            searches.incrementAndGet();
            documents.stream()
                    .filter(document -> keys.contains(document.key()))
                    .filter(document -> document.wasOutThroughout(began, ended))
                    .forEach(document -> violations.add(document + " was found by " + question));
        }
        return null;
    }
}
