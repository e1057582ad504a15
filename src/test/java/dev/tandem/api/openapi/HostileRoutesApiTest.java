package dev.tandem.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.Api;
import dev.tandem.api.RawHttp;
import dev.tandem.api.RawHttp.Answer;
import dev.tandem.api.openapi.Requests.Request;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Damaged requests to every route of the description. None is answered 5xx but 503, none blocks an event loop, and no answer shows a stack
 * trace. {@code -Dtandem.hostile.seconds=600} makes it longer, and {@code -Dtandem.hostile.seed=...} sets another seed.
 */
@Thorough
@QuarkusTest
class HostileRoutesApiTest {

    private static final Duration LONGEST_TURN = Duration.ofMillis(200);
    /** What is used for the first time has to be loaded and compiled first. */
    private static final int WARM_UP = 500;
    /** So many reach all routes, on a slow machine too. */
    private static final int FEWEST = 3_000;
    /** What blocks a loop may be what an earlier request has begun. */
    private static final int REMEMBERED = 5_000;

    @Inject
    Vertx vertx;

    private final long seed = Long.getLong("tandem.hostile.seed", 20_261_127L);
    private final Duration time = Duration.ofSeconds(Long.getLong("tandem.hostile.seconds", 45));

    @Test
    void noRouteFailsOrBlocks() throws Exception {
        Requests requests = new Requests(Description.read(), new Random(seed));
        Set<String> accepted = new TreeSet<>();
        Set<String> refused = new TreeSet<>();
        String collection = Api.collection();
        String before = "";
        long end = System.nanoTime() + time.toNanos();
        try (EventLoopWatch watch = new EventLoopWatch(vertx)) {
            for (int count = 0; count < FEWEST || System.nanoTime() < end; count++) {
                Request request = requests.next(collection);
                Answer answer = RawHttp.send(
                        request.method(),
                        request.path(),
                        request.body(),
                        request.headers().toArray(String[]::new));
                String context = "seed %d, request %d: %s%n-> %s".formatted(seed, count, request, answer);
                check(answer, context);
                (answer.status() < 300 ? accepted : refused).add(request.route());
                before = before.substring(Math.max(0, before.length() - REMEMBERED)) + "\n" + request;
                Duration turn = watch.longest();
                if (count > WARM_UP) {
                    assertThat(turn).as("%s%nafter%n%s", context, before).isLessThan(LONGEST_TURN);
                }
                if (answer.status() == 202 && request.route().endsWith(":copy")) {
                    // It would follow its source for ever.
                    RestAssured.post(answer.headers().get("location") + ":cancel");
                }
                // Deleted, or renamed.
                boolean isGone = request.route().startsWith("DELETE /v1/collections/{name}")
                        || request.route().endsWith(":rename");
                if (answer.status() < 300 && isGone) {
                    collection = Api.collection();
                }
            }
        }
        assertThat(refused).hasSizeGreaterThan(requests.routes().size() * 2 / 3);
        assertThat(accepted).hasSizeGreaterThan(requests.routes().size() / 3);
        RestAssured.get(Api.COLLECTIONS).then().statusCode(200);
    }

    private static void check(Answer answer, String context) {
        assertThat(answer.status() < 500 || answer.status() == 503).as(context).isTrue();
        // The server refuses an invalid address before Tandem sees it.
        boolean isServersOwn = answer.status() == 400 && !answer.headers().containsKey("x-request-id");
        if (answer.status() >= 400 && !isServersOwn) {
            assertThat(answer.isProblem()).as(context).isTrue();
        }
        assertThat(answer.body()).as(context).doesNotContain("Exception", "at dev.tandem", "at io.");
    }
}
