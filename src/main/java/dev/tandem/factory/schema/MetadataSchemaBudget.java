package dev.tandem.factory.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.factory.rules.JsonRules;
import java.io.Serial;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One validation, which is stopped when it takes too many steps or goes too deep. A small schema can ask for 2^30 steps ({@code allOf} with
 * the same schema twice, nested ten times), or for endlessly many (a reference to itself). What a regular expression takes on a text counts too.
 */
final class MetadataSchemaBudget extends ExecutionContext {

    static final int MOST_STEPS = 1_000_000;
    static final int DEEPEST = 500;

    private static final int LONGEST_MESSAGE = 300;
    private static final Set<String> ABOUT_A_MEMBER =
            Set.of("additionalProperties", "unevaluatedProperties", "propertyNames");

    /** The validation that this thread is at. Regular expressions are asked without their context. */
    private static final ThreadLocal<@Nullable MetadataSchemaBudget> CURRENT = new ThreadLocal<>();

    private final Schema schema;
    private long steps;
    private int depth;

    MetadataSchemaBudget(Schema schema) {
        this.schema = schema;
    }

    /** Validates, and returns whether the validation reached its end. */
    boolean suffices(JsonNode tree) {
        CURRENT.set(this);
        try {
            schema.validate(this, tree);
            return true;
        } catch (Exhausted e) {
            return false;
        } finally {
            CURRENT.remove();
        }
    }

    /** Charges the validation that this thread is at, if any, before the work is done. */
    static void spend(long steps) {
        MetadataSchemaBudget budget = CURRENT.get();
        if (budget != null) {
            budget.take(steps);
        }
    }

    /** The violations, at most {@value JsonRules#MOST_VIOLATIONS}. */
    List<Violation> violations(String pointer, String code) {
        return getErrors().stream()
                .limit(JsonRules.MOST_VIOLATIONS)
                .map(error -> new Violation(place(error, pointer), code, message(error)))
                .distinct()
                .toList();
    }

    /** The place of the error: an unexpected member itself, or the object that lacks a member. */
    private static String place(Error error, String pointer) {
        String place = pointer + error.getInstanceLocation();
        String member = error.getProperty();
        return member != null && ABOUT_A_MEMBER.contains(error.getKeyword())
                ? place + "/" + Violation.escape(member)
                : place;
    }

    /** Shortened, because some messages repeat a part of the schema. */
    private static String message(Error error) {
        String message = error.getMessage();
        return message.length() <= LONGEST_MESSAGE ? message : Excerpt.of(message, LONGEST_MESSAGE) + "...";
    }

    @Override
    public void evaluationPathAddLast(String step) {
        deeper();
        super.evaluationPathAddLast(step);
    }

    @Override
    public void evaluationPathAddLast(int step) {
        deeper();
        super.evaluationPathAddLast(step);
    }

    @Override
    public void evaluationPathRemoveLast() {
        depth--;
        super.evaluationPathRemoveLast();
    }

    private void deeper() {
        depth++;
        take(1);
    }

    private void take(long more) {
        steps += more;
        if (steps > MOST_STEPS || depth > DEEPEST) {
            throw new Exhausted();
        }
    }

    /** The budget is used up. */
    private static final class Exhausted extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private Exhausted() {
            super("too many steps", null, false, false);
        }
    }
}
