import dev.tandem.client.ApiClient;
import dev.tandem.client.ApiResponse;
import dev.tandem.client.api.DocumentsApi;
import dev.tandem.client.model.DocumentPatch;
import dev.tandem.client.model.DocumentRequest;
import dev.tandem.client.model.DocumentView;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps that write and read one document, with null and with conditions. */
final class DocumentSteps {

    private final Steps steps;
    private final String name;
    private final DocumentsApi documents;

    DocumentSteps(Steps steps, ApiClient client, String name) {
        this.steps = steps;
        this.name = name;
        this.documents = new DocumentsApi(client);
    }

    void work() throws Exception {
        steps.step("puts a document with null in its metadata", () -> {
            ApiResponse<DocumentView> answer =
                    documents.putDocumentWithHttpInfo(DocumentsApi.APIPutDocumentRequest.newBuilder()
                            .name(name)
                            .key("tea")
                            .documentRequest(new DocumentRequest()
                                    .title("Tea")
                                    .content("Green tea is made of leaves and hot water.")
                                    .metadata(with("year", null, "tags", List.of("drink")))
                                    .vector(List.of(1f, 0f, 0f)))
                            .build());
            Steps.equal(201, answer.getStatusCode());
            Steps.equal("\"1\"", Steps.header(answer.getHeaders(), "ETag"));
            Steps.equal(
                    with("year", null, "tags", List.of("drink")),
                    answer.getData().getMetadata());
        });
        steps.step("posts a document with null as its title", () -> {
            DocumentView created = documents.createDocument(DocumentsApi.APICreateDocumentRequest.newBuilder()
                    .name(name)
                    .documentRequest(new DocumentRequest()
                            .key("soup/hot ü")
                            .title(null)
                            .content("Soup of beans.")
                            .vector(List.of(0f, 1f, 0f)))
                    .build());
            Steps.equal(null, created.getTitle());
            Steps.equal("Soup of beans.", read("soup/hot ü", null).getData().getContent());
        });
        steps.step("reads it again only if it has changed", () -> {
            String etag = Steps.header(read("tea", null).getHeaders(), "ETag");
            Steps.unsuccessful(304, () -> read("tea", etag));
        });
        steps.step(
                "is told the current version where If-Match does not hold",
                () -> Steps.equal(
                        1L,
                        Steps.refused(412, () -> patch("\"7\"", new DocumentPatch().title("Other")))
                                .getCurrentVersion()));
        steps.step("patches with null on two levels", () -> {
            DocumentView patched = patch(
                    "\"1\"",
                    new DocumentPatch()
                            .title(null)
                            .metadata(with("year", 2024, "tags", null))
                            .vector(List.of(1f, 0f, 0f)));
            Steps.equal(null, patched.getTitle());
            Steps.equal("Green tea is made of leaves and hot water.", patched.getContent());
            Steps.equal(Map.of("year", 2024), patched.getMetadata());
        });
    }

    private ApiResponse<DocumentView> read(String key, String unlessVersion) throws Exception {
        return documents.getDocumentWithHttpInfo(DocumentsApi.APIGetDocumentRequest.newBuilder()
                .name(name)
                .key(key)
                .ifNoneMatch(unlessVersion)
                .build());
    }

    private DocumentView patch(String ifMatch, DocumentPatch patch) throws Exception {
        return documents.patchDocument(DocumentsApi.APIPatchDocumentRequest.newBuilder()
                .name(name)
                .key("tea")
                .ifMatch(ifMatch)
                .documentPatch(patch)
                .build());
    }

    /** A map of two, whose values may be null. */
    private static Map<String, Object> with(String first, Object value, String second, Object other) {
        Map<String, Object> map = new HashMap<>();
        map.put(first, value);
        map.put(second, other);
        return Collections.unmodifiableMap(map);
    }
}
