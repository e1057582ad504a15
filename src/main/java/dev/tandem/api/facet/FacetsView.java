package dev.tandem.api.facet;

import dev.tandem.domain.facet.FacetCounts;
import dev.tandem.factory.rules.Choice;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The facets of documents. */
@Schema(examples = """
{"counted": {"documents": 3, "by": "filter", "exact": true},
 "facets": {"kind": {"values": [{"value": "drink", "count": 2}], "distinct": 1, "missing": 1},
            "year": {"stats": {"count": 3, "min": 2020, "max": 2024, "sum": 6066, "avg": 2022, "distinct": 3}, "missing": 0}}}
""")
public record FacetsView(CountedView counted, Map<String, FacetView> facets) {

    /**
     * Which documents were counted.
     *
     * @param documents how many
     * @param by filter: all that the filter matches; words: those of them that have the words of the search
     * @param exact whether these are all; if not, they are the best 10,000
     */
    @Schema(name = "CountedView")
    public record CountedView(
            long documents,
            @Schema(enumeration = {"filter", "words"}) String by,
            boolean exact) {

        public static CountedView of(FacetCounts counts) {
            return new CountedView(counts.documents(), Choice.word(counts.basis()), counts.isExact());
        }
    }

    static FacetsView of(FacetCounts counts) {
        return new FacetsView(CountedView.of(counts), FacetView.of(counts));
    }
}
