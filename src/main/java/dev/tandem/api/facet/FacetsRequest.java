package dev.tandem.api.facet;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that asks for facets of the documents that a filter matches. */
@Schema(requiredProperties = "facets", examples = """
        {"filter": {"year": {"$gte": 2020}}, "facets": {"kind": {"top": 10}, "year": {"stats": true}}}
        """)
public record FacetsRequest(
        @Nullable Map<String, @Nullable Object> filter,

        @Schema(description = "1 to 10 facets by their names", minProperties = 1, maxProperties = 10) @Nullable
        Map<String, @Nullable FacetRequest> facets) {}
