package dev.tandem.tool.migration.schema;

import dev.tandem.tool.migration.schema.Catalog.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands in the way when the type of columns changes: views of them and views of these, policies, triggers. PostgreSQL changes such a
 * type only while they are gone, so they are dropped before and created again afterwards, with what belongs to them.
 */
public final class Dependents {

    /** @param kind view, policy or trigger */
    public record Dependent(String kind, String table, String name, String drop) {}

    private static final String VIEWS = """
        with recursive dependent(view, depth) as (
            select r.ev_class, 1 from pg_depend d join pg_rewrite r on r.oid = d.objid
            where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
              and (d.refobjid, d.refobjsubid) in (%s)
            union
            select r.ev_class, v.depth + 1 from dependent v
            join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = v.view
            join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
            where r.ev_class <> v.view
        )
        select c.oid::regclass, c.relkind from dependent v join pg_class c on c.oid = v.view
        group by c.oid, c.relkind order by max(v.depth) desc, 1\
        """;

    private static final String TRIGGERS = """
        select distinct quote_ident(t.tgname), t.tgrelid::regclass from pg_depend d join pg_trigger t on t.oid = d.objid
        where d.classid = 'pg_trigger'::regclass and d.refclassid = 'pg_class'::regclass and not t.tgisinternal
          and (d.refobjid, d.refobjsubid) in (%s)\
        """;

    private static final String POLICIES = """
        select distinct quote_ident(p.polname), p.polrelid::regclass from pg_depend d join pg_policy p on p.oid = d.objid
        where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_class'::regclass and (d.refobjid, d.refobjsubid) in (%s)\
        """;

    private static final String GENERATED = """
        select distinct r.attrelid::regclass || '.' || quote_ident(r.attname) from pg_depend d
        join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
        join pg_attribute r on r.attrelid = f.adrelid and r.attnum = f.adnum and r.attgenerated <> ''
        where d.refclassid = 'pg_class'::regclass and (d.refobjid, d.refobjsubid) in (%s)
          and (d.refobjid, d.refobjsubid) <> (r.attrelid, r.attnum)\
        """;

    private static final String VIEW_DEFINITION = """
        select format('CREATE %%sVIEW %%s%%s AS%%s%%s', case relkind when 'm' then 'MATERIALIZED ' else '' end, oid::regclass,
                      ' WITH (' || array_to_string(reloptions, ', ') || ')', E'\n', rtrim(pg_get_viewdef(oid), ';'))
        from pg_class where oid = to_regclass('%1$s')
        union all
        select pg_get_indexdef(indexrelid, 0, true) from pg_index where indrelid = to_regclass('%1$s')
        union all
        select pg_get_triggerdef(oid, true) from pg_trigger where tgrelid = to_regclass('%1$s') and not tgisinternal
        union all
        select format('COMMENT ON %%s %%s%%s IS %%L', case when d.objsubid > 0 then 'COLUMN' when relkind = 'm' then 'MATERIALIZED VIEW'
                      else 'VIEW' end, c.oid::regclass, '.' || quote_ident(a.attname), d.description)
        from pg_description d join pg_class c on d.classoid = 'pg_class'::regclass and c.oid = d.objoid
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
        where c.oid = to_regclass('%1$s')\
        """;

    private static final String TRIGGER_DEFINITION = """
        select pg_get_triggerdef(oid, true) from pg_trigger where tgrelid = to_regclass('%s') and quote_ident(tgname) = '%s'\
        """;

    private static final String POLICY_DEFINITION = """
        select format('CREATE POLICY %%I ON %%s AS %%s FOR %%s TO %%s', polname, polrelid::regclass,
                      case when polpermissive then 'PERMISSIVE' else 'RESTRICTIVE' end,
                      case polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end,
                      coalesce((select string_agg(quote_ident(rolname), ', ') from pg_roles where oid = any (polroles)), 'PUBLIC'))
               || coalesce(' USING (' || pg_get_expr(polqual, polrelid) || ')', '')
               || coalesce(' WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')', '')
        from pg_policy where polrelid = to_regclass('%s') and quote_ident(polname) = '%s'\
        """;

    private Dependents() {}

    /** In the order in which they can be dropped. */
    public static List<Dependent> of(ScratchDatabase database, Collection<Column> columns) {
        if (columns.isEmpty()) {
            return List.of();
        }
        String which = places(columns);
        List<Dependent> dependents = new ArrayList<>();
        for (List<String> row : database.rows(VIEWS.formatted(which))) {
            String kind = row.get(1).equals("m") ? "MATERIALIZED VIEW " : "VIEW ";
            dependents.add(new Dependent("view", "", row.get(0), "DROP " + kind + row.get(0)));
        }
        for (List<String> row : database.rows(TRIGGERS.formatted(which))) {
            dependents.add(new Dependent(
                    "trigger", row.get(1), row.get(0), "DROP TRIGGER " + row.get(0) + " ON " + row.get(1)));
        }
        for (List<String> row : database.rows(POLICIES.formatted(which))) {
            dependents.add(
                    new Dependent("policy", row.get(1), row.get(0), "DROP POLICY " + row.get(0) + " ON " + row.get(1)));
        }
        return dependents;
    }

    /** The generated columns that are made of these, as {@code table.column}. */
    public static List<String> generated(ScratchDatabase database, Collection<Column> columns) {
        return columns.isEmpty()
                ? List.of()
                : database.rows(GENERATED.formatted(places(columns))).stream()
                        .map(row -> row.get(0))
                        .toList();
    }

    /** The statements that create it as one database has it; none if that has no such object. */
    public static List<String> definition(Dependent dependent, ScratchDatabase database) {
        String table = literal(dependent.table());
        String name = literal(dependent.name());
        String question =
                switch (dependent.kind()) {
                    case "view" -> VIEW_DEFINITION.formatted(name);
                    case "trigger" -> TRIGGER_DEFINITION.formatted(table, name);
                    default -> POLICY_DEFINITION.formatted(table, name);
                };
        return database.rows(question).stream().map(row -> row.get(0)).toList();
    }

    /** The definition in the first database that has it. */
    public static List<String> definition(Dependent dependent, ScratchDatabase first, ScratchDatabase second) {
        return Stream.of(first, second)
                .map(database -> definition(dependent, database))
                .filter(statements -> !statements.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static String places(Collection<Column> columns) {
        return "select a.attrelid, a.attnum from pg_attribute a where (a.attrelid::regclass::text,"
                + " quote_ident(a.attname)) in ("
                + columns.stream()
                        .map(column -> "('" + literal(column.table()) + "', '" + literal(column.name()) + "')")
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String literal(String text) {
        return text.replace("'", "''");
    }
}
