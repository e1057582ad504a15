package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Functions, views and triggers of which only the name has changed, and triggers that take the place of others. A trigger that is left beside
 * its successor fires as well, so what is not declared any more is asked about.
 */
final class RenamedCode {

    /** Functions come first, since triggers and views name them. Those of PostgreSQL itself have an oid below 16384. */
    private static final String FUNCTIONS = """
        select case prokind when 'p' then 'PROCEDURE' else 'FUNCTION' end, '', p.oid::regprocedure, quote_ident(proname),
               replace(pg_get_functiondef(p.oid), '.' || quote_ident(proname) || '(', '.(')
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.oid >= 16384 and n.nspname not in ('pg_catalog', 'information_schema') and prokind in ('f', 'p')
          and not exists (select from pg_depend e where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e')
        order by 3\
        """;

    private static final String OTHERS = """
        select case relkind when 'm' then 'MATERIALIZED VIEW' else 'VIEW' end, '', c.oid::regclass::text, quote_ident(relname),
               n.nspname || pg_get_viewdef(c.oid)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
          and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
        union all
        select 'TRIGGER', tgrelid::regclass::text, quote_ident(tgname), quote_ident(tgname),
               replace(pg_get_triggerdef(oid), 'TRIGGER ' || quote_ident(tgname) || ' ', 'TRIGGER ')
        from pg_trigger where not tgisinternal
        order by 1, 2, 3\
        """;

    private record Code(String kind, String table, String path, String name, String definition) {

        String key() {
            return kind + " " + table + " " + path;
        }

        boolean sameBut(Code other) {
            return kind.equals(other.kind) && table.equals(other.table) && definition.equals(other.definition);
        }
    }

    private RenamedCode() {}

    static List<Operation> functions(ScratchDatabase from, ScratchDatabase to) {
        return of(code(FUNCTIONS, from), code(FUNCTIONS, to));
    }

    static List<Operation> others(ScratchDatabase from, ScratchDatabase to) {
        return of(code(OTHERS, from), code(OTHERS, to));
    }

    /** @throws MigrationRefusal if a new trigger would fire beside one that nobody declares any more */
    static void refuse(List<Operation> drift, List<Operation> operations) {
        for (Operation old : drift) {
            boolean successor = old.kind() == Kind.DROP_TRIGGER
                    && operations.stream()
                            .anyMatch(operation -> operation.kind() == Kind.CREATE_TRIGGER
                                    && operation.table().equals(old.table()));
            if (successor) {
                throw new MigrationRefusal("Nobody declares the trigger " + old.subject()
                        + " any more, and a new one of the table would fire beside it. Say --allow-drop "
                        + old.subject()
                        + ", or declare it in after.sql");
            }
        }
    }

    private static List<Operation> of(List<Code> before, List<Code> after) {
        Set<String> old = new HashSet<>(before.stream().map(Code::key).toList());
        Set<String> declared = new HashSet<>(after.stream().map(Code::key).toList());
        List<Operation> operations = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Code code : before) {
            if (declared.contains(code.key())) {
                continue;
            }
            after.stream()
                    .filter(now -> code.sameBut(now) && !old.contains(now.key()) && taken.add(now.key()))
                    .findFirst()
                    .ifPresent(now -> operations.add(new Operation(
                            Kind.RENAME_OBJECT,
                            code.table(),
                            code.path(),
                            "ALTER " + code.kind() + " " + code.path()
                                    + (code.table().isEmpty() ? "" : " ON " + code.table()) + " RENAME TO "
                                    + now.name())));
        }
        return operations;
    }

    private static List<Code> code(String question, ScratchDatabase database) {
        return database.rows(question).stream()
                .map(row -> new Code(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)))
                .toList();
    }
}
