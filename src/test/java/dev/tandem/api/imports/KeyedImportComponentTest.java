package dev.tandem.api.imports;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static dev.tandem.testing.Waiting.meet;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.tandem.api.Api;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.service.transfer.ImportOptions;
import dev.tandem.service.transfer.ImportService;
import dev.tandem.service.transfer.ImportSpool;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeyedImportComponentTest {

    @Inject
    ImportService imports;

    @Inject
    ImportSpool spool;

    /** Otherwise the receiver would hold it until the service stops. */
    @Test
    @SuppressWarnings("NullAway") // nothing is answered
    void whoVanishesWhileTheJobIsMadeLeavesNone() {
        String collection = Api.collection();
        ImportOptions options = new ImportOptions(ImportMode.UPSERT, false, null);
        WholeAnswer unheard = new WholeAnswer(null, null, null, null, false);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<Void> isMade = new CompletableFuture<>();
        KeyedImport keyed = new KeyedImport(
                imports,
                collection,
                options,
                unheard,
                spool.open(collection, options)
                        .map(reception -> new SpooledImport(reception, unheard, 1_000))
                        .invoke(() -> isMade.complete(null))
                        .call(() -> meet(gate)));
        List<RawLine> lines = List.of(new RawLine(1, "{}".getBytes(StandardCharsets.UTF_8), true));
        get(keyed.take(lines));
        CompletableFuture<Throwable> second = keyed.take(lines).subscribeAsCompletionStage();
        get(Uni.createFrom().completionStage(isMade));
        keyed.vanish();
        gate.complete(null);
        await().atMost(PATIENCE).until(second::isDone);
        await().atMost(PATIENCE).until(() -> given().get("/v1/jobs?collection=" + collection)
                .jsonPath()
                .getList("items")
                .isEmpty());
    }
}
