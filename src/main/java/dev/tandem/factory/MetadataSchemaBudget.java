package dev.tandem.factory;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import java.io.Serial;

/**
 * One validation, cut off when it takes too many steps or goes too deep: a small schema can ask for 2^30 steps
 * ({@code allOf} the same twice, ten times over), or for endlessly many (a reference to itself).
 */
final class MetadataSchemaBudget extends ExecutionContext {

    static final int MOST_STEPS = 1_000_000;
    static final int DEEPEST = 500;

    private final Schema schema;
    private int steps;
    private int depth;

    MetadataSchemaBudget(Schema schema) {
        this.schema = schema;
    }

    /** Leaves what is wrong in {@link #getErrors()}. */
    void validate(JsonNode tree) {
        schema.validate(this, tree, tree, new NodePath(PathType.JSON_POINTER));
    }

    @Override
    public void evaluationPathAddLast(String step) {
        spend();
        super.evaluationPathAddLast(step);
    }

    @Override
    public void evaluationPathAddLast(int step) {
        spend();
        super.evaluationPathAddLast(step);
    }

    @Override
    public void evaluationPathRemoveLast() {
        depth--;
        super.evaluationPathRemoveLast();
    }

    private void spend() {
        steps++;
        depth++;
        if (steps > MOST_STEPS || depth > DEEPEST) {
            throw new Exhausted();
        }
    }

    /** Enough. */
    static final class Exhausted extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private Exhausted() {
            super("too many steps", null, false, false);
        }
    }
}
