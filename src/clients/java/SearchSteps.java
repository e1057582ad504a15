import dev.tandem.client.ApiClient;
import dev.tandem.client.api.SearchApi;
import dev.tandem.client.model.FusionRequest;
import dev.tandem.client.model.HitView;
import dev.tandem.client.model.SearchRequest;
import dev.tandem.client.model.SearchRequest.IncludeEnum;
import dev.tandem.client.model.SearchRequest.ModeEnum;
import dev.tandem.client.model.SearchRequest.SyntaxEnum;
import dev.tandem.client.model.SearchView;
import java.util.List;
import java.util.Map;

/** The steps that search. */
final class SearchSteps {

    private final Steps steps;
    private final String name;
    private final SearchApi searching;

    SearchSteps(Steps steps, ApiClient client, String name) {
        this.steps = steps;
        this.name = name;
        this.searching = new SearchApi(client);
    }

    void work(long sequence) throws Exception {
        steps.step("searches words that it has just written", () -> {
            SearchView found = search(
                    sequence,
                    new SearchRequest()
                            .query("\"lemon tea\" -coffee")
                            .syntax(SyntaxEnum.SIMPLE)
                            .mode(ModeEnum.KEYWORD)
                            .limit(200)
                            .include(List.of(IncludeEnum.DOCUMENT, IncludeEnum.HIGHLIGHTS)));
            Steps.equal(Scenario.IMPORTED / 2, found.getItems().size());
            Steps.check(found.getSequence() >= sequence);
            HitView first = found.getItems().getFirst();
            Steps.check(first.getDocument().getContent().startsWith("Lemon tea"));
            Steps.check(first.getHighlights().get("content").getFirst().contains("<em>"));
        });
        steps.step("searches near a vector", () -> {
            SearchView found = search(
                    null,
                    new SearchRequest()
                            .vector(List.of(1f, 0f, 0f))
                            .mode(ModeEnum.VECTOR)
                            .limit(1)
                            .include(List.of()));
            HitView first = found.getItems().getFirst();
            Steps.equal("tea", first.getKey());
            Steps.equal(1, first.getVectorRank());
            Steps.equal(null, first.getDocument());
        });
        steps.step("searches both ways and sees why", () -> {
            SearchView found = search(
                    null,
                    new SearchRequest()
                            .query("green leaves")
                            .vector(List.of(1f, 0f, 0f))
                            .mode(ModeEnum.HYBRID)
                            .fusion(new FusionRequest()
                                    .type(FusionRequest.TypeEnum.RRF)
                                    .keywordWeight(0.4)
                                    .vectorWeight(0.6)
                                    .k(60))
                            .filter(Map.of("year", 2024))
                            .explain(true));
            Steps.equal(
                    List.of("tea"),
                    found.getItems().stream().map(HitView::getKey).toList());
            Steps.check(found.getItems().getFirst().getExplanation().getVector() > 0);
        });
    }

    private SearchView search(Long sequence, SearchRequest request) throws Exception {
        return searching.search(SearchApi.APISearchRequest.newBuilder()
                .name(name)
                .tandemSequence(sequence)
                .searchRequest(request)
                .build());
    }
}
