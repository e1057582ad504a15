package dev.tandem.tool.migration.lint;

import java.util.ArrayList;
import java.util.List;

/** Describes what data a script removes. */
public final class Losses {

    private Losses() {}

    public static List<String> of(String sql) {
        Script script = new Script(Statements.of(new Tokenizer(sql).tokens()));
        List<String> losses = new ArrayList<>();
        script.starting("drop table")
                .map(Script::table)
                .filter(script::existed)
                .forEach(table -> losses.add("the rows of " + table));
        script.alterations().forEach(alteration -> {
            Phrase clause = alteration.clause();
            if (clause.starts("drop") && !clause.starts("drop constraint")) {
                String column = clause.without("drop")
                        .without("column")
                        .without("if exists")
                        .name();
                losses.add("the values of " + alteration.table() + "." + column);
            } else if (Script.changesType(clause)) {
                String column = clause.without("alter").without("column").name();
                losses.add("what " + alteration.table() + "." + column + " could hold as another type");
            }
        });
        return losses;
    }
}
