import dev.tandem.client.ApiClient;
import dev.tandem.client.api.DocumentsApi;
import dev.tandem.client.api.RevisionsApi;
import dev.tandem.client.model.AffectedView;
import dev.tandem.client.model.DeleteByFilterRequest;
import dev.tandem.client.model.DocumentPatch;
import dev.tandem.client.model.DocumentRequest;
import dev.tandem.client.model.DocumentView;
import dev.tandem.client.model.FetchRequest;
import dev.tandem.client.model.FetchView;
import dev.tandem.client.model.Problem;
import dev.tandem.client.model.RevisionListView;
import dev.tandem.client.model.RevisionView;
import dev.tandem.client.model.UpdateByFilterRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps about rules, revisions and changes by filter. */
final class ChangeSteps {

    private final Steps steps;
    private final String name;
    private final DocumentsApi documents;
    private final RevisionsApi revisions;

    ChangeSteps(Steps steps, ApiClient client, String name) {
        this.steps = steps;
        this.name = name;
        this.documents = new DocumentsApi(client);
        this.revisions = new RevisionsApi(client);
    }

    void work() throws Exception {
        steps.step("is told where a document breaks the schema", () -> {
            Problem problem = Steps.refused(
                    422,
                    () -> documents.putDocument(DocumentsApi.APIPutDocumentRequest.newBuilder()
                            .name(name)
                            .key("bad")
                            .documentRequest(new DocumentRequest().title("Bad").metadata(Map.of("year", "x")))
                            .build()));
            Steps.equal("request.rejected", problem.getCode());
            Steps.equal("/metadata/year", problem.getErrors().getFirst().getPointer());
        });
        steps.step("lists revisions", () -> {
            RevisionListView page = revisions.listRevisions(RevisionsApi.APIListRevisionsRequest.newBuilder()
                    .name(name)
                    .key("tea")
                    .build());
            Steps.equal(
                    List.of(2L, 1L),
                    page.getItems().stream().map(RevisionView::getVersion).toList());
            Steps.equal(
                    "[title, metadata]", page.getItems().getFirst().getChanged().toString());
            Steps.equal(null, page.getNextCursor());
        });
        steps.step(
                "reads a revision",
                () -> Steps.equal(
                        "Tea",
                        revisions
                                .getRevision(RevisionsApi.APIGetRevisionRequest.newBuilder()
                                        .name(name)
                                        .key("tea")
                                        .version(1L)
                                        .build())
                                .getTitle()));
        steps.step("restores a revision", () -> {
            DocumentView restored = revisions.restoreRevision(RevisionsApi.APIRestoreRevisionRequest.newBuilder()
                    .name(name)
                    .key("tea")
                    .version(1L)
                    .ifMatch("\"2\"")
                    .build());
            Steps.equal(3L, restored.getVersion());
            Steps.equal("Tea", restored.getTitle());
        });
        steps.step("counts what a delete by filter would delete", () -> {
            AffectedView answer = documents.deleteDocuments(DocumentsApi.APIDeleteDocumentsRequest.newBuilder()
                    .name(name)
                    .deleteByFilterRequest(new DeleteByFilterRequest()
                            .filter(Map.of("year", 2001))
                            .dryRun(true))
                    .build());
            Steps.equal(Scenario.IMPORTED / 10L, answer.getMatched());
        });
        steps.step("updates by filter, with null in the patch", () -> {
            Map<String, Object> metadata = new HashMap<>();
            metadata.put("year", null);
            metadata.put("tags", List.of("old"));
            AffectedView answer = documents.updateDocuments(DocumentsApi.APIUpdateDocumentsRequest.newBuilder()
                    .name(name)
                    .updateByFilterRequest(new UpdateByFilterRequest()
                            .filter(Map.of("year", 2001))
                            .patch(new DocumentPatch().metadata(metadata)))
                    .build());
            Steps.equal(Scenario.IMPORTED / 10L, answer.getUpdated());
            Steps.equal(
                    Map.of("tags", List.of("old")),
                    documents
                            .getDocument(DocumentsApi.APIGetDocumentRequest.newBuilder()
                                    .name(name)
                                    .key("line-001")
                                    .build())
                            .getMetadata());
        });
        steps.step("reads documents by key, with their vectors", () -> {
            FetchView answer = documents.getDocuments(DocumentsApi.APIGetDocumentsRequest.newBuilder()
                    .name(name)
                    .fetchRequest(new FetchRequest()
                            .keys(List.of("line-003", "nothing"))
                            .include(List.of(FetchRequest.IncludeEnum.VECTOR)))
                    .build());
            Steps.equal(1, answer.getItems().size());
            Steps.equal(List.of(0f, 4f, 1f), answer.getItems().getFirst().getVector());
            Steps.equal(List.of("nothing"), answer.getMissing());
        });
        steps.step("deletes documents by key", () -> {
            AffectedView answer = documents.deleteDocuments(DocumentsApi.APIDeleteDocumentsRequest.newBuilder()
                    .name(name)
                    .deleteByFilterRequest(new DeleteByFilterRequest().keys(List.of("line-003", "nothing")))
                    .build());
            Steps.equal(1L, answer.getDeleted());
            Steps.equal(List.of("nothing"), answer.getMissing());
        });
    }
}
