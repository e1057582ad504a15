package dev.tandem.api.document;

import dev.tandem.domain.document.DocumentQuery;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a list request: the same parameters as in an address, with the filter as JSON. */
@Schema(examples = """
        {"filter": {"year": {"$gte": 2020}}, "sort": "-metadata.year,title", "limit": 20, "count": "exact"}
        """)
public record DocumentListRequest(
        @Nullable Map<String, @Nullable Object> filter,
        @Schema(ref = "DocumentOrder") @Nullable String sort,

        @Schema(minimum = "1", maximum = "1000", defaultValue = "100") @Nullable
        Integer limit,

        @Nullable String cursor,

        @Schema(implementation = DocumentQuery.Count.class, defaultValue = "none") @Nullable
        String count,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = DocumentQuery.Include.class,
                description = Inclusion.DESCRIPTION)
        @Nullable
        List<String> include) {}
