package dev.tandem.api.search;

import dev.tandem.factory.search.SearchDraft.ExampleDraft;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What hits are to be like, or unlike: one of the three. */
@Schema(description = "Either a key, a vector or a text")
@SuppressWarnings("ArrayRecordComponent") // read from JSON and passed on, never compared
public record ExampleRequest(
        @Schema(description = "Of a document of the collection, which then is no hit itself", maxLength = 256) @Nullable
        String key,

        float @Nullable [] vector,

        @Schema(description = "Which the collection's model embeds", maxLength = 10_000) @Nullable
        String text) {

    static @Nullable List<ExampleDraft> toDrafts(@Nullable List<ExampleRequest> examples) {
        return examples == null
                ? null
                : examples.stream().map(ExampleRequest::toDraft).toList();
    }

    private ExampleDraft toDraft() {
        return new ExampleDraft(key, vector, text);
    }
}
