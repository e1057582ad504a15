package dev.tandem.api.collection;

import dev.tandem.domain.collection.Alias;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An alias in an answer. */
@Schema(examples = """
                {"name": "articles", "collection": "articles-v2", "version": 2, "createdAt": "2026-07-01T12:00:00Z", "updatedAt": "2026-07-02T12:00:00Z"}
                """)
public record AliasView(
        String name,

        @Schema(description = "The own name of the collection that it points to")
        String collection,

        @Schema(description = "Grows by one each time the alias is pointed to another collection")
        long version,

        Instant createdAt,
        Instant updatedAt) {

    static AliasView of(Alias alias) {
        return new AliasView(alias.name(), alias.collection(), alias.version(), alias.createdAt(), alias.updatedAt());
    }
}
