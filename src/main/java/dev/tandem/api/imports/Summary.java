package dev.tandem.api.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.problem.Problem;
import dev.tandem.domain.document.EmbeddingState;
import dev.tandem.service.transfer.LineResult;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Counts lines when they arrive and when they are done. Each received line is counted as created, updated, unchanged or failed, unless the
 * import ended before it was its turn.
 */
final class Summary {

    private long received;
    private long created;
    private long updated;
    private long unchanged;
    private long failed;
    private long pending;
    private long sequence;

    /**
     * The last line of an import's answer.
     *
     * @param pending lines whose documents still need vectors from a model
     * @param sequence after which searches show the whole import; 0 if nothing was written
     * @param stopped why the import ended before its body did
     */
    @Schema(name = "ImportSummary", description = "The last line of the answer", examples = """
{"summary": {"received": 2, "created": 1, "updated": 0, "unchanged": 0, "failed": 1, "pending": 1, "sequence": 812}}
""")
    record View(Counts summary) {}

    /** The counts. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ImportCounts")
    record Counts(
            long received,
            long created,
            long updated,
            long unchanged,
            long failed,
            long pending,
            long sequence,
            @Nullable Stop stopped) {}

    /** Why an import ended early. */
    @Schema(name = "ImportStop")
    record Stop(int status, String code, String detail) {

        static Stop of(Problem problem) {
            return new Stop(problem.status(), problem.code(), problem.detail());
        }
    }

    void receive(int lines) {
        received += lines;
    }

    void add(LineResult result) {
        switch (result) {
            case LineResult.Refused refused -> failed++;
            case LineResult.Accepted accepted -> {
                sequence = Math.max(sequence, accepted.sequence());
                pending += accepted.embedding() == EmbeddingState.PENDING ? 1 : 0;
                switch (accepted.effect()) {
                    case CREATED -> created++;
                    case UPDATED -> updated++;
                    case UNCHANGED -> unchanged++;
                }
            }
        }
    }

    /** Lines that never had their turn are not counted as received. */
    View view(@Nullable Stop stopped) {
        long counted = created + updated + unchanged + failed;
        return new View(new Counts(
                stopped == null ? received : counted, created, updated, unchanged, failed, pending, sequence, stopped));
    }
}
