package dev.tandem.service.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.text.passage.Extracts;
import dev.tandem.repository.SearchRepository.Found;
import dev.tandem.service.search.SearchTimes.Stage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Marks the words of a query in the documents that it finds. */
@Singleton
class Highlights {

    private final Extracts extracts;
    private final SearchTimes times;

    Highlights(Extracts extracts, SearchTimes times) {
        this.extracts = extracts;
        this.times = times;
    }

    /** For each document, by field, the extracts with matching words; empty if highlights were not requested or nothing matches. */
    Uni<List<Map<String, List<String>>>> of(Collection owner, SearchQuery query, List<Found> found) {
        SearchText words = query.text();
        if (!query.includes(Include.HIGHLIGHTS) || words == null) {
            return Uni.createFrom()
                    .item(found.stream()
                            .map(hit -> Map.<String, List<String>>of())
                            .toList());
        }
        List<String> texts = new ArrayList<>();
        for (Found hit : found) {
            texts.add(orEmpty(hit.document().title()));
            texts.add(orEmpty(hit.document().content()));
        }
        return times.of(
                        Stage.HIGHLIGHTS,
                        extracts.of(owner.id(), owner.settings().language(), words, texts))
                .map(perText -> {
                    List<Map<String, List<String>>> marked = new ArrayList<>();
                    for (int i = 0; i < perText.size(); i += 2) {
                        Map<String, List<String>> fields = new LinkedHashMap<>();
                        putIfAny(fields, "title", perText.get(i));
                        putIfAny(fields, "content", perText.get(i + 1));
                        marked.add(fields);
                    }
                    return marked;
                });
    }

    private static void putIfAny(Map<String, List<String>> fields, String name, List<String> extracts) {
        if (!extracts.isEmpty()) {
            fields.put(name, extracts);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
