package dev.tandem.api.search;

import dev.tandem.domain.search.SearchResult;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of a search, best first.
 *
 * @param sequence every write of the transactions up to this one has been considered
 */
@Schema(examples = """
{"items": [{"key": "article-1", "id": "01a20669-cd09-715e-bbab-3600711aa0e0", "score": 0.93, "keywordScore": 2.1, "keywordRank": 1,
            "vectorSimilarity": 0.71, "vectorRank": 1, "chunk": {"ordinal": 0, "start": 0, "end": 22, "text": "Tea is made of leaves."},
            "highlights": {"content": ["<em>Tea</em> is made of leaves."]}}],
 "sequence": 4711, "warnings": ["Only 1 of 5 hits: no other document matches."]}
""")
public record SearchView(List<HitView> items, long sequence, List<String> warnings) {

    static SearchView of(SearchResult result) {
        return new SearchView(
                result.hits().stream()
                        .map(hit -> HitView.of(hit, result.query()))
                        .toList(),
                result.sequence(),
                result.warnings());
    }
}
