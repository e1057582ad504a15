package dev.tandem.api.document;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a list request: the same parameters as in an address, with the filter as JSON. */
@Schema(examples = """
        {"filter": {"year": {"$gte": 2020}}, "sort": "-updatedAt", "limit": 20, "count": "exact"}
        """)
public record DocumentListRequest(
        @Nullable Map<String, @Nullable Object> filter,
        @Nullable String sort,
        @Nullable Integer limit,
        @Nullable String cursor,
        @Nullable String count,
        @Nullable List<String> include) {}
