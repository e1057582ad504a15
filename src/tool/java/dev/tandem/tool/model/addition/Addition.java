package dev.tandem.tool.model.addition;

import dev.tandem.tool.model.project.Change;
import java.util.List;

/**
 * What more fields change in a project.
 *
 * @param changes what can be made
 * @param leftovers what somebody has to do: from the texts as they are after the changes to those that the tool would write
 * @param advice what else there is to do, in words
 * @param notes what {@code ./db} says of the migration
 */
public record Addition(List<Change> changes, List<Change> leftovers, List<String> advice, List<String> notes) {

    /** Whether nothing is left to do. */
    public boolean isComplete() {
        return leftovers.isEmpty() && advice.isEmpty();
    }
}
