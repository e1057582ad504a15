package dev.tandem.database.session;

import dev.tandem.domain.refusal.Refusal;
import java.util.function.Supplier;

/**
 * What a caller is told when a row would break a constraint. The repository that writes the rows declares it as a bean, and CDI collects
 * the beans when the application is built: there is nothing else to register. A broken constraint that has no declaration is an incident.
 *
 * @param constraint its name in the schema; a unique index counts as a constraint
 * @param refusal makes the refusal
 */
public record ConstraintRefusal(String constraint, Supplier<Refusal> refusal) {

    /** Whether a failure is a broken foreign key. When a row is deleted, it means that another row refers to it. */
    public static boolean isReference(Throwable failure) {
        return SqlFailures.isReference(failure);
    }
}
