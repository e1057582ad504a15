package dev.tandem.api.callers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tandem.api.callers.KnownRoutes.Route;
import dev.tandem.api.openapi.Description;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The routes of the API as its description has them. */
@QuarkusTest
class KnownRoutesApiTest {

    @Test
    void eachAddressOfTheApiLeadsToItsOwnRoute() throws JsonProcessingException {
        KnownRoutes routes = new KnownRoutes();
        Set<String> operations = Description.read().operations().keySet();
        operations.forEach(operation -> routes.learn(method(operation), template(operation), RequestKind.READ));
        assertThat(operations).hasSizeGreaterThan(30).allSatisfy(operation -> {
            String address = template(operation).replaceAll("\\{\\w+}", "x-1.y");
            assertThat(routes.find(method(operation), address).map(Route::template))
                    .contains(template(operation));
        });
    }

    private static HttpMethod method(String operation) {
        return HttpMethod.valueOf(operation.split(" ", 2)[0]);
    }

    private static String template(String operation) {
        return operation.split(" ", 2)[1];
    }
}
