import static java.util.Objects.requireNonNull;

import dev.tandem.client.ApiClient;
import dev.tandem.client.api.CollectionsApi;
import dev.tandem.client.api.DocumentsApi;
import dev.tandem.client.api.JobsApi;
import dev.tandem.client.model.CollectionListView;
import dev.tandem.client.model.CollectionPatch;
import dev.tandem.client.model.CollectionRequest;
import dev.tandem.client.model.CollectionView;
import dev.tandem.client.model.EmbeddingRequest;
import dev.tandem.client.model.JobErrorView;
import dev.tandem.client.model.JobState;
import dev.tandem.client.model.JobView;
import dev.tandem.client.model.Language;
import dev.tandem.client.model.StatsView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** The steps about the collection as a whole: the first ones and the last ones. */
final class CollectionSteps {

    private static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "properties",
            Map.of("year", Map.of("type", List.of("integer", "null")), "tags", Map.of("type", "array")));

    private final Steps steps;
    private final String name;
    private final CollectionsApi collections;
    private final DocumentsApi documents;
    private final JobsApi jobs;

    CollectionSteps(Steps steps, ApiClient client, String name) {
        this.steps = steps;
        this.name = name;
        this.collections = new CollectionsApi(client);
        this.documents = new DocumentsApi(client);
        this.jobs = new JobsApi(client);
    }

    void begin() throws Exception {
        steps.step("creates a collection with a schema and a language", () -> {
            CollectionView created = create(new CollectionRequest()
                    .name(name)
                    .description("Recipes")
                    .language(Language.ENGLISH)
                    .embedding(ownVectors())
                    .metadataSchema(SCHEMA));
            Steps.equal(1L, created.getVersion());
            requireNonNull(created.getCreatedAt());
        });
        steps.step("reads the collection", () -> {
            CollectionView found = read();
            Steps.equal(SCHEMA, found.getMetadataSchema());
            Steps.equal(Language.ENGLISH, found.getLanguage());
            Steps.equal(3, found.getEmbedding().getDimensions());
        });
        steps.step("finds it in the list, page by page", () -> {
            List<String> names = new ArrayList<>();
            String cursor = null;
            do {
                CollectionListView page =
                        collections.listCollections(CollectionsApi.APIListCollectionsRequest.newBuilder()
                                .limit(1)
                                .cursor(cursor)
                                .build());
                page.getItems().forEach(item -> names.add(item.getName()));
                cursor = page.getNextCursor();
            } while (cursor != null);
            Steps.check(names.contains(name));
        });
        steps.step(
                "is told with a code that the name is taken",
                () -> Steps.equal(
                        "collection.name.taken",
                        Steps.refused(
                                        409,
                                        () -> create(new CollectionRequest()
                                                .name(name)
                                                .embedding(ownVectors())))
                                .getCode()));
        steps.step("removes the description with null", () -> {
            CollectionView patched = collections.patchCollection(CollectionsApi.APIPatchCollectionRequest.newBuilder()
                    .name(name)
                    .collectionPatch(new CollectionPatch().description(null))
                    .build());
            Steps.equal(null, patched.getDescription());
            Steps.equal(Language.ENGLISH, patched.getLanguage());
        });
    }

    void end() throws Exception {
        steps.step("follows a job to its end", () -> {
            JobView job = collections.rebuildCollection(CollectionsApi.APIRebuildCollectionRequest.newBuilder()
                    .name(name)
                    .build());
            Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
            while (EnumSet.of(JobState.QUEUED, JobState.RUNNING).contains(job.getState())) {
                Steps.check(Instant.now().isBefore(deadline));
                Thread.sleep(100);
                job = jobs.getJob(
                        JobsApi.APIGetJobRequest.newBuilder().id(job.getId()).build());
            }
            Steps.equal(JobState.SUCCEEDED, job.getState());
            Steps.equal(null, job.getError());
            requireNonNull(job.getEndedAt());
        });
        steps.step("finds the job and its errors", () -> {
            List<JobView> found = jobs.listJobs(JobsApi.APIListJobsRequest.newBuilder()
                            .collection(name)
                            .build())
                    .getItems();
            Steps.equal(1, found.size());
            Steps.equal(
                    List.of(),
                    Steps.lines(
                            jobs.listJobErrors(JobsApi.APIListJobErrorsRequest.newBuilder()
                                    .id(found.getFirst().getId())
                                    .build()),
                            JobErrorView.class));
        });
        steps.step("counts what the collection has", () -> {
            StatsView stats = collections.getCollectionStats(CollectionsApi.APIGetCollectionStatsRequest.newBuilder()
                    .name(name)
                    .build());
            Steps.equal(Scenario.IMPORTED + 1L, stats.getDocuments());
            Steps.equal(null, stats.getEmbedding().getOldestPendingSeconds());
            Steps.equal("ok", stats.getIndex().getState().toString());
        });
        steps.step(
                "is told with a code that a document is missing",
                () -> Steps.equal(
                        "document.not_found",
                        Steps.refused(
                                        404,
                                        () -> documents.getDocument(DocumentsApi.APIGetDocumentRequest.newBuilder()
                                                .name(name)
                                                .key("nothing")
                                                .build()))
                                .getCode()));
        steps.step("deletes a document", () -> {
            var answer = documents.deleteDocumentWithHttpInfo(DocumentsApi.APIDeleteDocumentRequest.newBuilder()
                    .name(name)
                    .key("tea")
                    .build());
            Steps.equal(204, answer.getStatusCode());
            Steps.check(Long.parseLong(Steps.header(answer.getHeaders(), "Tandem-Sequence")) > 0);
        });
        steps.step("deletes the collection", () -> {
            collections.deleteCollection(CollectionsApi.APIDeleteCollectionRequest.newBuilder()
                    .name(name)
                    .build());
            Steps.equal("collection.not_found", Steps.refused(404, this::read).getCode());
        });
    }

    private CollectionView create(CollectionRequest request) throws Exception {
        return collections.createCollection(CollectionsApi.APICreateCollectionRequest.newBuilder()
                .collectionRequest(request)
                .build());
    }

    private CollectionView read() throws Exception {
        return collections.getCollection(
                CollectionsApi.APIGetCollectionRequest.newBuilder().name(name).build());
    }

    private static EmbeddingRequest ownVectors() {
        return new EmbeddingRequest().model("none").dimensions(3);
    }
}
