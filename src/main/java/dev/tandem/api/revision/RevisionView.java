package dev.tandem.api.revision;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.access.Authorship;
import dev.tandem.domain.document.Revision;
import dev.tandem.domain.document.Revision.ChangedPart;
import dev.tandem.factory.rules.Choice;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The summary of one version of a document.
 *
 * @param changed null if the version before is not available for comparison
 * @param deletedAt only present for the last version of a document that has been deleted
 * @param expiredAt only present for the last version of a document that has expired
 */
@Schema(examples = """
{"version": 2, "writtenAt": "2026-11-23T09:00:00Z", "author": "ada@example.org", "changed": ["title", "metadata"]}
""")
public record RevisionView(
        long version,
        Instant writtenAt,
        @Nullable String author,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String onBehalfOf,

        @Schema(type = SchemaType.ARRAY, implementation = ChangedPart.class) @Nullable
        List<String> changed,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant deletedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String deletedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant expiredAt) {

    static RevisionView of(Revision revision) {
        Revision.Deletion deletion = revision.deletion();
        Authorship written = Authorship.parse(revision.author());
        return new RevisionView(
                revision.version(),
                revision.writtenAt(),
                written.author(),
                written.onBehalfOf(),
                revision.changed() == null
                        ? null
                        : revision.changed().stream().map(Choice::word).toList(),
                deletion == null ? null : deletion.at(),
                deletion == null ? null : Authorship.parse(deletion.author()).author(),
                revision.expiredAt());
    }
}
