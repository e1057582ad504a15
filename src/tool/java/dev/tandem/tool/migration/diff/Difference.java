package dev.tandem.tool.migration.diff;

import java.util.List;

/**
 * How two schemas differ.
 *
 * @param operations the steps from one to the other, including those that are held back
 * @param heldBack steps that may lose data and were not allowed
 * @param drift objects that the model does not declare; they are reported and not changed
 */
public record Difference(List<Operation> operations, List<Operation> heldBack, List<Operation> drift) {

    public boolean isEmpty() {
        return operations.isEmpty() && drift.isEmpty();
    }

    /** The steps that will be done. */
    public List<Operation> approved() {
        return operations.stream()
                .filter(operation -> !heldBack.contains(operation))
                .toList();
    }
}
