package dev.tandem.api.callers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.callers.KnownRoutes.Route;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownRoutesTest {

    private final KnownRoutes routes = new KnownRoutes();

    @Test
    void aRouteIsFoundWhenItHasBeenLearned() {
        assertThat(find("/v1/collections/a")).isEmpty();
        routes.learn(HttpMethod.GET, "/v1/collections/{name}", RequestKind.READ);
        routes.learn(HttpMethod.GET, "/v1/collections/{name}", RequestKind.READ);
        assertThat(find("/v1/collections/a"))
                .hasValueSatisfying(route -> assertThat(route.kind()).isEqualTo(RequestKind.READ));
        assertThat(routes.find(HttpMethod.PUT, "/v1/collections/a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/collections, /v1/collections",
        "/v1/collections/a, /v1/collections/{name}",
        "/v1/collections/a:rebuild, /v1/collections/{name}:rebuild",
        "/v1/collections/a/documents/b, /v1/collections/{name}/documents/{key}",
        "/v1/collections/a/documents/latest, /v1/collections/{name}/documents/latest",
        "/v1/collections/a/documents/b/, ",
        "/v1/collections/, ",
        "/v1/collections/a/b, ",
        "/v2/collections, "
    })
    void anAddressHasTheRouteThatSaysMostOfIt(String address, String template) {
        for (String known : Set.of(
                "/v1/collections",
                "/v1/collections/{name}",
                "/v1/collections/{name}:rebuild",
                "/v1/collections/{name}/documents/{key}",
                "/v1/collections/{name}/documents/latest")) {
            routes.learn(HttpMethod.GET, known, RequestKind.READ);
        }
        assertThat(find(address).map(Route::template)).isEqualTo(Optional.ofNullable(template));
    }

    /** Somebody may send any address. */
    @Test
    void noAddressTakesLongToRefuse() {
        routes.learn(HttpMethod.GET, "/v1/{a}/{b}:x/{c}/{d}", RequestKind.READ);
        Random random = new Random(1);
        for (String part : List.of("/", ":", "a", ":x", "/a")) {
            String address = "/v1/" + part.repeat(4_000) + random.nextInt();
            assertThat(find(address)).isEmpty();
        }
    }

    private Optional<Route> find(String address) {
        return routes.find(HttpMethod.GET, address);
    }
}
