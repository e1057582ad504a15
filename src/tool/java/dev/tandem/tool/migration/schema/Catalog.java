package dev.tandem.tool.migration.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;

/**
 * The tables of a schema with everything that belongs to them, its enums, and the names of everything else. Names are quoted where SQL
 * needs it, and qualified outside {@code public}.
 */
public record Catalog(
        Map<String, List<Column>> tables,
        List<Constraint> constraints,
        List<Index> indexes,
        Map<String, List<String>> enums,
        List<String> others) {

    /**
     * @param defaultTo the expression of the default or the generated column; empty if there is none
     * @param collation empty for the collation of the type
     * @param sequence of an identity or serial column; empty for others
     */
    public record Column(
            String table,
            String name,
            String type,
            boolean notNull,
            String defaultTo,
            boolean generated,
            boolean identity,
            String sequence,
            String collation) {

        /** Whether its values come, by default only, from a sequence that belongs to it. */
        public boolean serial() {
            return !identity && !sequence.isEmpty() && defaultTo.startsWith("nextval(");
        }

        public String path() {
            return table + "." + name;
        }
    }

    /** @param type as in pg_constraint: p, u, c, f, x */
    public record Constraint(String table, String name, char type, String definition) {}

    /**
     * @param name never qualified: an index is in its table's schema
     * @param definition without the index's own name
     */
    public record Index(String table, String name, String definition) {

        /** The name by which PostgreSQL finds it from anywhere. */
        public String path() {
            return beside(table, name);
        }

        /** The statement that creates it. */
        public String create() {
            return definition.replaceFirst("INDEX ON ", Matcher.quoteReplacement("INDEX " + name + " ON "));
        }
    }

    /** The name of an object in the same schema as a table. */
    public static String beside(String table, String name) {
        return table.replaceFirst("(?:\"[^\"]+\"|[^\".]+)$", "") + name;
    }

    private static final String OURS = """
            \sn.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
            and c.relname <> 'flyway_schema_history'
            and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
            """;

    private static final String COLUMNS = """
            select c.oid::regclass, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   pg_get_expr(d.adbin, d.adrelid), a.attgenerated <> '', a.attidentity <> '',
                   (select s.objid::regclass from pg_depend s join pg_class q on q.oid = s.objid and q.relkind = 'S'
                    where s.classid = 'pg_class'::regclass and s.refclassid = 'pg_class'::regclass
                      and s.refobjid = c.oid and s.refobjsubid = a.attnum and s.deptype in ('a', 'i') limit 1),
                   (select quote_ident(k.collname) from pg_collation k join pg_type t on t.oid = a.atttypid
                    where k.oid = a.attcollation and k.oid <> t.typcollation)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relkind in ('r', 'p') and""" + OURS + "order by c.oid::regclass::text, a.attnum";

    private static final String CONSTRAINTS = """
            select c.oid::regclass, quote_ident(k.conname), k.contype, pg_get_constraintdef(k.oid)
            from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            where k.contype in ('p', 'u', 'c', 'f', 'x') and k.conislocal and""" + OURS + "order by 1, 2";

    private static final String INDEXES = """
            select i.indrelid::regclass, quote_ident(x.relname),
                   regexp_replace(pg_get_indexdef(i.indexrelid), 'INDEX .*? ON (public\\.)?', 'INDEX ON ')
            from pg_index i join pg_class x on x.oid = i.indexrelid
            join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
            where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) and""" + OURS + "order by 1, 2";

    private static final String ENUMS = """
            select e.enumtypid::regtype, e.enumlabel from pg_enum e order by e.enumtypid::regtype::text, e.enumsortorder""";

    /** What initdb creates has an oid below 16384; a bound spares reading it. */
    private static final String OTHERS = """
            select 'extension ' || quote_ident(extname) from pg_extension
            union all select 'schema ' || quote_ident(nspname) from pg_namespace
            union all
            select 'view ' || c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('v', 'm') and""" + OURS + """
            union all
            select 'sequence ' || c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'S' and""" + OURS + """
            union all
            select 'function ' || p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where p.oid >= 16384 and n.nspname not in ('pg_catalog', 'information_schema')
            union all
            select 'trigger ' || quote_ident(t.tgname) || ' on ' || t.tgrelid::regclass from pg_trigger t where not t.tgisinternal
            union all
            select 'policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass from pg_policy p
            union all
            select 'type ' || t.oid::regtype from pg_type t join pg_namespace n on n.oid = t.typnamespace
            where t.oid >= 16384 and t.typtype in ('e', 'd', 'r') and n.nspname not in ('pg_catalog', 'information_schema')""";

    public static Catalog of(ScratchDatabase database) {
        try (Session session = database.open()) {
            return of(session);
        }
    }

    private static Catalog of(Session database) {
        Map<String, List<Column>> tables = new TreeMap<>();
        for (List<String> row : database.rows(COLUMNS)) {
            List<Column> columns = tables.computeIfAbsent(row.get(0), table -> new ArrayList<>());
            if (!row.get(1).isEmpty()) {
                columns.add(new Column(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        is(row.get(3)),
                        row.get(4),
                        is(row.get(5)),
                        is(row.get(6)),
                        row.get(7),
                        row.get(8)));
            }
        }
        Map<String, List<String>> enums = new TreeMap<>();
        database.rows(ENUMS).forEach(row -> enums.computeIfAbsent(row.get(0), type -> new ArrayList<>())
                .add(row.get(1)));
        return new Catalog(
                tables,
                database.rows(CONSTRAINTS).stream()
                        .map(row -> new Constraint(
                                row.get(0), row.get(1), row.get(2).charAt(0), row.get(3)))
                        .toList(),
                database.rows(INDEXES).stream()
                        .map(row -> new Index(row.get(0), row.get(1), row.get(2)))
                        .toList(),
                enums,
                database.rows(OTHERS).stream().map(row -> row.get(0)).toList());
    }

    public boolean hasTable(String table) {
        return tables.containsKey(table);
    }

    public Optional<Column> column(String table, String name) {
        return tables.getOrDefault(table, List.of()).stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    public List<Column> columns() {
        return tables.values().stream().flatMap(List::stream).toList();
    }

    public Optional<Constraint> constraint(String table, String name) {
        return constraints.stream()
                .filter(constraint ->
                        constraint.table().equals(table) && constraint.name().equals(name))
                .findFirst();
    }

    public Optional<Index> index(String table, String name) {
        return indexes.stream()
                .filter(index -> index.table().equals(table) && index.name().equals(name))
                .findFirst();
    }

    private static boolean is(String value) {
        return value.equals("t");
    }
}
