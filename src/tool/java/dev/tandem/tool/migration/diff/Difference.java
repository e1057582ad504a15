package dev.tandem.tool.migration.diff;

import java.util.List;

/**
 * How two schemas differ.
 *
 * @param operations what leads from one to the other, the held back ones included
 * @param heldBack those that may lose data and that nobody has allowed
 * @param drift objects that the model doesn't declare; they are reported and left alone
 */
public record Difference(List<Operation> operations, List<Operation> heldBack, List<Operation> drift) {

    public boolean isEmpty() {
        return operations.isEmpty() && drift.isEmpty();
    }

    /** What will be done. */
    public List<Operation> approved() {
        return operations.stream()
                .filter(operation -> !heldBack.contains(operation))
                .toList();
    }
}
