package dev.tandem.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tandem.api.Api;
import dev.tandem.api.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API's description is complete, and its examples work. */
@QuarkusTest
class OpenApiApiTest {

    private JsonNode api = new ObjectMapper().nullNode();

    @BeforeEach
    void read() throws Exception {
        api = Description.read().api();
    }

    @Test
    void describesEveryRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        operations().forEach((route, operation) -> described.add(route));
        Set<String> routes = routes();
        assertThat(routes).hasSizeGreaterThan(10);
        assertThat(described).isEqualTo(routes);
    }

    @Test
    void namesEveryOperationOnceAndSaysWhatItMayRefuse() {
        List<String> names = new ArrayList<>();
        operations().forEach((route, operation) -> {
            names.add(operation.path("operationId").asText());
            assertThat(operation.toString()).as("patterns of paths").doesNotContain("(?<=");
            assertThat(operation.path("summary").asText()).as(route).isNotEmpty();
            for (String status : List.of("400", "429", "503")) {
                assertThat(operation.at("/responses/" + status + "/$ref").asText())
                        .as(route)
                        .isEqualTo("#/components/responses/Problem" + status);
            }
            if (operation.has("requestBody")) {
                assertThat(operation.path("responses").has("413")).as(route).isTrue();
                assertThat(operation.path("responses").has("422")).as(route).isTrue();
            }
            for (JsonNode answer : operation.path("responses")) {
                assertThat(answer.has("$ref")
                                || answer.at("/headers/X-Request-Id").has("$ref"))
                        .as(route)
                        .isTrue();
            }
        });
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][A-Za-z]+"));
        for (JsonNode problem : api.at("/components/responses")) {
            assertThat(problem.at("/content/application~1problem+json/schema/$ref")
                            .asText())
                    .isEqualTo("#/components/schemas/Problem");
        }
    }

    @Test
    void everyPostAndNothingElseTakesAnIdempotencyKey() {
        operations().forEach((route, operation) -> assertThat(
                        operation.path("parameters").findValuesAsText("name"))
                .as(route)
                .satisfies(
                        names -> assertThat(names.contains("Idempotency-Key")).isEqualTo(route.startsWith("POST "))));
    }

    /** This includes routes that change something: a client that believes dryRun is a parameter there wants nothing to be changed. */
    @Test
    void refusesParametersThatItDoesNotDescribe() {
        String name = Api.collection();
        operations().forEach((route, operation) -> {
            String[] words = route.split(" ", 2);
            String path = words[1].replace("{name}", name).replaceAll("\\{[a-z]+}", "1");
            String type = operation.at("/requestBody/content").properties().stream()
                    .map(content -> "Content-Type: " + content.getKey())
                    .findFirst()
                    .orElse("X-Body: none");
            RawHttp.Answer answer = RawHttp.send(words[0], path + "?dryRun=true", "{}", type);
            assertThat(answer.status()).as(route).isEqualTo(400);
            assertThat(answer.code()).as(route).isEqualTo("parameter.unknown");
        });
        given().get(Api.COLLECTIONS + "/" + name).then().statusCode(200);
    }

    @Test
    void givesAnExampleOfEveryBodyAndAnswer() {
        operations().forEach((route, operation) -> {
            List<JsonNode> bodies = new ArrayList<>();
            operation.at("/requestBody/content").forEach(bodies::add);
            operation.path("responses").forEach(answer -> answer.path("content").forEach(bodies::add));
            for (JsonNode body : bodies) {
                // What a stream or a list consists of has the example.
                String schema = Stream.of("/schema/$ref", "/schema/contentSchema/$ref", "/schema/items/$ref")
                        .map(place -> body.at(place).asText())
                        .filter(reference -> !reference.isEmpty())
                        .findFirst()
                        .orElseThrow();
                assertThat(api.at(schema.substring(1) + "/examples/0").isObject())
                        .as(route + schema)
                        .isTrue();
            }
        });
        assertThat(api.at("/components/schemas/Problem/examples/0").isObject()).isTrue();
    }

    @Test
    void refersToNothingThatIsNotThere() {
        for (JsonNode reference : api.findValues("$ref")) {
            assertThat(api.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    @Test
    void itsExamplesWork() {
        String name = Api.freeName();
        ObjectNode collection = example("CollectionRequest");
        Api.json(collection.put("name", name).toString())
                .post(Api.COLLECTIONS)
                .then()
                .statusCode(201);
        Api.json(example("DocumentRequest").toString())
                .header("Prefer", "wait=60")
                .post(Api.documents(name))
                .then()
                .statusCode(201);
        Api.json(example("DocumentListRequest").toString())
                .post(Api.documents(name) + ":query")
                .then()
                .statusCode(200)
                .body("items.size()", org.hamcrest.Matchers.equalTo(1));
        Api.json(example("SearchRequest").toString())
                .post(Api.COLLECTIONS + "/" + name + "/search")
                .then()
                .statusCode(200);
    }

    private ObjectNode example(String schema) {
        return (ObjectNode) api.at("/components/schemas/" + schema + "/examples/0");
    }

    private Map<String, JsonNode> operations() {
        return new Description(api).operations();
    }

    private static Set<String> routes() {
        // The operation that is a route of Vert.x.
        Set<String> routes = new TreeSet<>(Set.of("POST /v1/collections/{name}/documents:import"));
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.tandem.api")) {
            if (type.isAnnotatedWith(Path.class)) {
                for (JavaMethod method : type.getMethods()) {
                    String below = method.tryGetAnnotationOfType(Path.class)
                            .map(path -> "/" + path.value())
                            .orElse("");
                    method.getAnnotations().stream()
                            .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                            .forEach(annotation ->
                                    routes.add(annotation.getRawType().getSimpleName() + " "
                                            + type.getAnnotationOfType(Path.class)
                                                    .value()
                                            + below.replaceAll("\\{(\\w+):[^}]*}", "{$1}")));
                }
            }
        }
        return routes;
    }
}
