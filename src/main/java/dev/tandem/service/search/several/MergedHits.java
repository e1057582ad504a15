package dev.tandem.service.search.several;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.domain.search.several.MergedResult;
import dev.tandem.repository.SearchRepository.Found;
import dev.tandem.service.search.SearchPage;
import dev.tandem.service.search.SearchPlan;
import dev.tandem.service.search.SearchRounds;
import dev.tandem.service.search.SearchService;
import dev.tandem.service.search.SearchWarnings;
import dev.tandem.service.search.passage.Passages;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes the result of a search of several collections of its rows. */
@Singleton
class MergedHits {

    private final SearchRounds rounds;
    private final Passages passages;

    MergedHits(SearchRounds rounds, Passages passages) {
        this.rounds = rounds;
        this.passages = passages;
    }

    /** The hits in the order of their rows, each with what its collection shows of it, and together within the budget. */
    Uni<MergedResult> of(SearchQuery query, List<Part.Found> found, MergedPage page) {
        List<Part> parts = found.stream().map(Part.Found::part).toList();
        long sequence = found.stream()
                .mapToLong(one -> one.candidates().sequence())
                .min()
                .orElse(0);
        return hits(parts, page)
                .map(hits -> new SearchResult(
                        query, inOrder(page, hits), sequence, null, null, null, null, warnings(query, found, page)))
                .chain(result -> passages.cut(parts.getFirst().owner().id(), model(parts), result))
                .map(result -> new MergedResult(result, names(parts)));
    }

    /** Collection by collection: most of the hits may be from one, and this takes threads and connections. */
    private Uni<List<SearchHit>> hits(List<Part> parts, MergedPage page) {
        return Multi.createFrom()
                .range(0, parts.size())
                .onItem()
                .transformToUniAndConcatenate(
                        i -> hits(parts.get(i).plan(), page.pages().get(i)))
                .collect()
                .asList()
                .map(all -> all.stream().flatMap(List::stream).toList());
    }

    private Uni<List<SearchHit>> hits(SearchPlan plan, SearchPage page) {
        return page.rows().found().isEmpty()
                ? Uni.createFrom().item(List.of())
                : rounds.hits(plan, page)
                        .chain(hits -> passages.chosen(plan.owner(), plan.set(), plan.vector(), plan.query(), hits));
    }

    private static List<SearchHit> inOrder(MergedPage page, List<SearchHit> hits) {
        Map<UUID, SearchHit> byId = new HashMap<>();
        hits.forEach(hit -> byId.put(hit.document().id(), hit));
        return page.rows().found().stream()
                .map(Found::document)
                .map(Document::id)
                .flatMap(id -> Stream.ofNullable(byId.get(id)))
                .toList();
    }

    /** The model that all collections have; none if they differ, so that one measure counts the tokens of the whole answer. */
    private static String model(List<Part> parts) {
        List<String> models = parts.stream()
                .map(part -> part.owner().embedding().model())
                .distinct()
                .toList();
        return models.size() == 1 ? models.getFirst() : EmbeddingSettings.NONE;
    }

    private static Map<UUID, String> names(List<Part> parts) {
        Map<UUID, String> names = new HashMap<>();
        parts.forEach(part -> names.put(part.owner().id(), part.owner().name()));
        return names;
    }

    private List<String> warnings(SearchQuery query, List<Part.Found> found, MergedPage page) {
        List<String> warnings = new ArrayList<>();
        boolean isWaiting = false;
        for (int i = 0; i < found.size(); i++) {
            Part part = found.get(i).part();
            SearchPage own = page.pages().get(i);
            if (part.isDegraded()) {
                warnings.add(Naming.of(part.owner(), SearchService.VECTORS_AWAY));
            }
            SearchWarnings.ofState(own, found.get(i).candidates().sequence(), rounds.isTroubled(part.plan()))
                    .forEach(warning -> warnings.add(Naming.of(part.owner(), warning)));
            isWaiting |= own.waiting() > 0;
        }
        int hits = page.rows().found().size();
        if (hits < query.limit()) {
            warnings.add(SearchWarnings.few(query, hits, page.rows().isCut(), isWaiting, warnings.isEmpty()));
        }
        return warnings;
    }
}
