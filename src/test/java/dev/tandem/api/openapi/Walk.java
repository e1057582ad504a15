package dev.tandem.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tandem.api.Api;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests to the routes below one address, whose answers are compared with the API's description. A test that makes one answers for all of
 * these routes: {@link AnswersApiTest} leaves them to it.
 */
public final class Walk {

    private static final Path TESTS = Path.of("src/test/java/dev/tandem/api");
    private static final Pattern BELOW = Pattern.compile("Walk\\.below\\(\"([^\"]+)\"\\)");

    private static final List<String> ADDRESSES = addresses();

    private final String address;
    private final Description description;
    private final Witness witness;

    private Walk(String address, Description description) {
        this.address = address;
        this.description = description;
        this.witness = new Witness(description);
    }

    /** @param address of the routes, as a literal: that is how it is found */
    public static Walk below(String address) throws JsonProcessingException {
        return new Walk(address, Description.read());
    }

    public RequestSpecification request() {
        return given().urlEncodingEnabled(false).filter(witness);
    }

    public RequestSpecification json(String body) {
        return Api.json(body).filter(witness);
    }

    /** Checks that each route below the address was answered well at least once. */
    public void everyRouteWasAnswered() {
        List<String> routes = description.operations().keySet().stream()
                .filter(route -> isBelow(route, address))
                .toList();
        assertThat(routes).isNotEmpty();
        assertThat(witness.seen()).containsExactlyInAnyOrderElementsOf(routes);
    }

    /** Whether a test of its own walks to a route. */
    static boolean isElsewhere(String route) {
        return ADDRESSES.stream().anyMatch(address -> isBelow(route, address));
    }

    private static List<String> addresses() {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith("ApiTest.java"))
                    .flatMap(file -> BELOW.matcher(read(file)).results().map(found -> found.group(1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isBelow(String route, String address) {
        String path = route.substring(route.indexOf(' ') + 1);
        return path.equals(address) || path.startsWith(address + "/");
    }
}
