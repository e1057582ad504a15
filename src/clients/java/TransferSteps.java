import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.client.ApiClient;
import dev.tandem.client.api.DocumentsApi;
import dev.tandem.client.api.TransferApi;
import dev.tandem.client.model.DocumentListRequest;
import dev.tandem.client.model.DocumentListView;
import dev.tandem.client.model.DocumentView;
import dev.tandem.client.model.ImportCounts;
import dev.tandem.client.model.ImportLineResult;
import dev.tandem.client.model.ImportSummary;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The steps that import, export and list many documents. */
final class TransferSteps {

    private final Steps steps;
    private final String url;
    private final String name;
    private final DocumentsApi documents;
    private long sequence;

    TransferSteps(Steps steps, String url, String name) {
        this.steps = steps;
        this.url = url;
        this.name = name;
        this.documents = new DocumentsApi(client());
    }

    /** The sequence of the import. */
    long work() throws Exception {
        steps.step("imports lines as a stream", () -> {
            // A body that is a stream takes the place of the string, which the client would hold in memory.
            ApiClient streaming = client();
            streaming.setRequestInterceptor(
                    request -> request.method("POST", BodyPublishers.ofInputStream(TransferSteps::source)));
            List<JsonNode> results = Steps.lines(
                    new TransferApi(streaming)
                            .importDocuments(TransferApi.APIImportDocumentsRequest.newBuilder()
                                    .name(name)
                                    .body("")
                                    .build()),
                    JsonNode.class);
            Steps.equal(2, results.size());
            ImportLineResult refusal = Steps.JSON.treeToValue(results.getFirst(), ImportLineResult.class);
            Steps.equal("wrong", refusal.getKey());
            Steps.equal("json.unknown_field", refusal.getError().getCode());
            ImportCounts summary = Steps.JSON
                    .treeToValue(results.getLast(), ImportSummary.class)
                    .getSummary();
            Steps.equal((long) Scenario.IMPORTED, summary.getCreated());
            Steps.equal(1L, summary.getFailed());
            sequence = summary.getSequence();
        });
        steps.step("exports line by line", () -> {
            List<DocumentView> exported = Steps.lines(
                    new TransferApi(client())
                            .exportDocuments(TransferApi.APIExportDocumentsRequest.newBuilder()
                                    .name(name)
                                    .build()),
                    DocumentView.class);
            Steps.equal(Scenario.IMPORTED + 2, exported.size());
            Steps.check(exported.stream().allMatch(document -> document.getCreatedAt() != null));
        });
        steps.step("lists with a filter to the end", () -> {
            Set<String> keys = new HashSet<>();
            String cursor = null;
            do {
                DocumentListView page = documents.listDocuments(DocumentsApi.APIListDocumentsRequest.newBuilder()
                        .name(name)
                        .filter("{\"year\": {\"$gte\": 2005, \"$lt\": 2010}}")
                        .sort("key")
                        .limit(30)
                        .cursor(cursor)
                        .build());
                page.getItems().forEach(item -> keys.add(item.getKey()));
                cursor = page.getNextCursor();
            } while (cursor != null);
            Steps.equal(Scenario.IMPORTED / 2, keys.size());
        });
        steps.step("asks for a list with a body", () -> {
            DocumentListView page = documents.queryDocuments(DocumentsApi.APIQueryDocumentsRequest.newBuilder()
                    .name(name)
                    .documentListRequest(new DocumentListRequest()
                            .filter(Map.of("year", Map.of("$in", List.of(2001, 2002))))
                            .sort("-key")
                            .limit(5)
                            .count(DocumentListRequest.CountEnum.EXACT))
                    .build());
            Steps.equal(5, page.getItems().size());
            Steps.equal(Scenario.IMPORTED / 5L, page.getCount());
        });
        return sequence;
    }

    private ApiClient client() {
        ApiClient client = new ApiClient();
        client.updateBaseUri(url);
        return client;
    }

    private static InputStream source() {
        return new SequenceInputStream(Collections.enumeration(Stream.concat(
                        IntStream.range(0, Scenario.IMPORTED).mapToObj(TransferSteps::line),
                        Stream.of("{\"key\": \"wrong\", \"titel\": \"?\"}\n"))
                .map(line -> new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)))
                .toList()));
    }

    private static String line(int i) {
        return "{\"key\": \"line-%03d\", \"title\": null, \"content\": \"%s%d\", \"metadata\": {\"year\": %d}, \"vector\": [0, %d, 1]}\n"
                .formatted(
                        i,
                        i % 2 == 0 ? "Lemon tea number " : "Coffee and lemon with tea, number ",
                        i,
                        2000 + i % 10,
                        i + 1);
    }
}
