package dev.tandem.api.access.key;

import dev.tandem.domain.access.Deed;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An entry of the audit. */
@Schema(examples = """
{"at": "2026-11-22T12:00:00Z", "principal": "key:5tBq0Xg3LmZa", "action": "done: deleteCollection", "target": "/v1/collections/articles",
 "times": 1, "requestId": "304d7390-07e0-40a5-a301-6b8316c07e6d"}
""")
public record AuditEntryView(
        Instant at,

        @Schema(description = "Who; empty if that is not known")
        String principal,

        @Schema(
                description =
                        "What: key made, key rotated or key revoked, done and an operation, or refused and a problem's code")
        String action,

        @Nullable String target,

        @Schema(description = "How often; refusals of one kind are counted together")
        long times,

        @Schema(description = "The request, or the last of several") @Nullable
        String requestId) {

    static AuditEntryView of(Deed deed) {
        return new AuditEntryView(
                deed.at(), deed.principal(), deed.action(), deed.target(), deed.times(), deed.requestId());
    }
}
