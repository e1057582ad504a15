package dev.tandem.api.document;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that asks for a page of documents: what a list's parameters say, and a filter as JSON. */
@Schema(examples = """
        {"filter": {"year": {"$gte": 2020}}, "sort": "-updatedAt", "limit": 20, "count": "exact"}
        """)
public record DocumentListRequest(
        @Nullable Map<String, @Nullable Object> filter,
        @Nullable String sort,
        @Nullable Integer limit,
        @Nullable String cursor,
        @Nullable String count) {}
