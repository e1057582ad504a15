package dev.tandem.api.exports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A document as a row of CSV, for the API's description only. */
@Schema(
        description =
                "A document in a row: its fields, and places in its metadata such as size.cm. The parameter columns chooses them",
        examples = """
{"key": "article-1", "title": "Tea", "metadata": {"year": 2024}}
""")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DocumentRow(
        String key,
        @Nullable String title,
        @Nullable String content,
        Map<String, @Nullable Object> metadata,
        @Nullable Instant expiresAt) {}
