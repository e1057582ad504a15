package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.diff.Operation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a new table's keys, checks and identities where readers expect them: between its parentheses. */
final class NewTables {

    private static final String END = "\n)";

    private NewTables() {}

    static List<Operation> folded(List<Operation> operations) {
        List<Operation> folded = new ArrayList<>(operations);
        for (Operation create : operations) {
            if (create.kind() == Kind.CREATE_TABLE && create.sql().endsWith(END)) {
                fold(create, folded);
            }
        }
        return folded;
    }

    private static void fold(Operation create, List<Operation> operations) {
        StringBuilder sql = new StringBuilder(create.sql());
        for (Operation part : List.copyOf(operations)) {
            if (part.table().equals(create.table()) && added(part, sql)) {
                operations.remove(part);
            }
        }
        operations.set(operations.indexOf(create), create.saying(sql.toString()));
    }

    private static boolean added(Operation part, StringBuilder sql) {
        return switch (part.kind()) {
            case ADD_PRIMARY_KEY, ADD_UNIQUE, ADD_CHECK -> {
                String constraint = part.sql().replaceFirst("(?s).*?\\sADD (?=CONSTRAINT )", "");
                sql.replace(sql.length() - END.length(), sql.length(), ",\n    " + constraint + END);
                yield true;
            }
            case CHANGE_IDENTITY -> {
                Matcher column = Pattern.compile("\n    " + Pattern.quote(part.name()) + " [^\n,]*")
                        .matcher(sql);
                boolean found = column.find() && part.sql().contains(" ADD GENERATED ");
                if (found) {
                    sql.insert(column.end(), part.sql().replaceFirst("(?s).* ADD (?=GENERATED )", " "));
                }
                yield found;
            }
            default -> false;
        };
    }
}
