package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.repository.SearchRepository.Found;
import dev.tandem.repository.SearchRepository.Hydrated;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Reads the rows of ranked documents until there are enough of them, or they are too large together. It needs a session. */
final class Hydration {

    private final HitRows rows;
    private final boolean withContents;
    private final int limit;
    private final Function<List<UUID>, Uni<List<Document>>> matching;
    private final List<Found> found = new ArrayList<>();
    private long bytes;
    private boolean isCut;

    /** @param matching reads those of some documents that exist and match, in no order */
    Hydration(HitRows rows, SearchQuery query, Function<List<UUID>, Uni<List<Document>>> matching) {
        this.rows = rows;
        this.withContents = query.needsContents();
        this.limit = query.limit();
        this.matching = matching;
    }

    Uni<Hydrated> from(List<Ranking> rankings) {
        int missing = limit - found.size();
        if (missing == 0 || isCut || rankings.isEmpty()) {
            return Uni.createFrom().item(() -> new Hydrated(found, isCut));
        }
        List<Ranking> next = rankings.subList(0, Math.min(missing, rankings.size()));
        return fitting(next)
                .chain(fitting -> load(fitting).chain(() -> from(rankings.subList(next.size(), rankings.size()))));
    }

    private Uni<List<Ranking>> fitting(List<Ranking> next) {
        return limit <= DocumentPages.SMALL_PAGE
                ? Uni.createFrom().item(next)
                : rows.sizes(SearchRepository.ids(next), withContents).map(sizes -> fitting(next, sizes));
    }

    private List<Ranking> fitting(List<Ranking> next, Map<UUID, Long> sizes) {
        for (int i = 0; i < next.size(); i++) {
            bytes += sizes.getOrDefault(next.get(i).documentId(), 0L);
            if (bytes > DocumentPages.LARGEST_PAGE && found.size() + i >= DocumentPages.SMALL_PAGE) {
                isCut = true;
                return next.subList(0, i);
            }
        }
        return next;
    }

    private Uni<Void> load(List<Ranking> rankings) {
        return matching.apply(SearchRepository.ids(rankings))
                .invoke(read -> found.addAll(SearchRepository.found(
                        rankings, read.stream().collect(toMap(Document::id, Function.identity())))))
                .replaceWithVoid();
    }
}
