package dev.tandem.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.job.JobState;
import dev.tandem.factory.rules.Choice;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For single operations, the description contains what their methods declare. */
@QuarkusTest
class OperationsApiTest {

    private Description description = new Description(NullNode.instance);

    @BeforeEach
    void read() throws Exception {
        description = Description.read();
    }

    @Test
    void saysWhatEveryOperationAnswersWhenAllIsWell() {
        description.operations().forEach((route, operation) -> {
            Map<String, JsonNode> fine = new TreeMap<>();
            operation.path("responses").properties().stream()
                    .filter(answer -> answer.getKey().startsWith("2"))
                    .forEach(answer -> fine.put(answer.getKey(), answer.getValue()));
            assertThat(fine).as(route).isNotEmpty();
            if (!route.startsWith("DELETE ")) {
                assertThat(fine.values()).as(route).allMatch(answer -> answer.has("content"));
            }
        });
    }

    @Test
    void saysWhatDoesNotFollowFromParameters() {
        String collections = "POST /v1/collections";
        assertThat(description.statuses(collections)).contains("201").doesNotContain("200");
        assertThat(description.headers(collections, "201")).contains("Location", "ETag");
        String put = "PUT /v1/collections/{name}/documents/{key}";
        assertThat(description.statuses(put)).contains("200", "201", "202", "412", "428");
        assertThat(description.headers(put, "201"))
                .contains("ETag", "Tandem-Embedding")
                .doesNotContain("Location");
        assertThat(description.statuses("PUT /v1/collections/{name}"))
                .contains("200", "412")
                .doesNotContain("201", "428");
        assertThat(description.statuses("GET /v1/collections/{name}"))
                .contains("304")
                .doesNotContain("412");
        assertThat(description.statuses("DELETE /v1/collections/{name}/documents/{key}"))
                .contains("202", "204", "428");
        assertThat(description.statuses("POST /v1/collections/{name}/documents:delete"))
                .contains("200", "202", "428");
        assertThat(description.headers("GET /v1/collections/{name}/documents/{key}/revisions/{version}", "200"))
                .contains("ETag");
    }

    @Test
    void describesEveryPartOfEveryAddress() {
        description.operations().forEach((route, operation) -> {
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.path("in").asText().equals("path")) {
                    assertThat(parameter.path("description").asText())
                            .as(route + ": " + parameter.path("name"))
                            .isNotEmpty();
                    assertThat(parameter.has("example")).as(route).isTrue();
                }
            }
        });
    }

    @Test
    void describesTheWordsThatAreRead() {
        assertThat(description.words("GET /v1/jobs", "state")).isEqualTo(Choice.words(JobState.class));
        String documents = "GET /v1/collections/{name}/documents";
        assertThat(description.words(documents, "count")).isEqualTo(Choice.words(DocumentQuery.Count.class));
    }
}
