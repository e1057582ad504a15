package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Properties of columns, tables and constraints of which the engine does not notice that they are gone, or that PostgreSQL takes away with a
 * change of something else: a column with a new type is stored in the way of that type, and a constraint that is made again has no comment.
 */
final class UnnoticedProperties {

    /** What it is about, whose it is, how it would be otherwise, and the statement that gives it. A column's stay only with its type. */
    private static final String PROPERTIES = """
            with ours as (
                select c.oid, c.oid::regclass::text as path, c.relreplident from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
                  and c.relname <> 'flyway_schema_history'
                  and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
            ), attribute as (
                select o.path, quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type, a.attstorage,
                       t.typstorage, a.attcompression
                from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
                join pg_type t on t.oid = a.atttypid
            )
            select 'storage', path, name, type, attstorage = typstorage,
                   format('ALTER TABLE %s ALTER COLUMN %s SET STORAGE %s', path, name,
                          case attstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL' when 'm' then 'MAIN' else 'EXTENDED' end)
            from attribute
            union all
            select 'compression', path, name, type, attcompression = '',
                   format('ALTER TABLE %s ALTER COLUMN %s SET COMPRESSION %s', path, name,
                          case attcompression when 'p' then 'pglz' when 'l' then 'lz4' else 'DEFAULT' end)
            from attribute
            union all
            select 'identity', o.path, coalesce(quote_ident(x.relname), ''), '', o.relreplident = 'd',
                   format('ALTER TABLE %s REPLICA IDENTITY %s', o.path,
                          case o.relreplident when 'f' then 'FULL' when 'n' then 'NOTHING' when 'd' then 'DEFAULT'
                               else 'USING INDEX ' || quote_ident(x.relname) end)
            from ours o left join pg_index i on i.indrelid = o.oid and i.indisreplident
            left join pg_class x on x.oid = i.indexrelid
            union all
            select 'comment', o.path, quote_ident(k.conname), '', d.description is null,
                   format('COMMENT ON CONSTRAINT %I ON %s IS %s', k.conname, o.path, coalesce(quote_literal(d.description), 'NULL'))
            from ours o join pg_constraint k on k.conrelid = o.oid and k.contype in ('p', 'u', 'c', 'f', 'x')
            left join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = k.oid
            order by 1, 2, 3\
            """;

    private static final Pattern ENGINES = Pattern.compile(
            "(?s)ALTER TABLE .* SET (?:STORAGE|COMPRESSION) \\w+|COMMENT ON CONSTRAINT .*|ALTER TABLE .* REPLICA IDENTITY .*");

    private record Property(String about, String table, String name, String type, boolean usual, String statement) {

        private static Property of(List<String> row) {
            return new Property(
                    row.get(0), row.get(1), row.get(2), row.get(3), row.get(4).equals("t"), row.get(5));
        }

        /** A table has one identity, whatever index that names. */
        private String key() {
            return about + " " + table + (about.equals("identity") ? "" : "." + name);
        }

        private String subject() {
            return table + "." + name;
        }

        private Operation operation() {
            return switch (about) {
                case "identity" -> new Operation(Kind.REPLICA_IDENTITY, table, "", statement);
                case "comment" -> new Operation(Kind.COMMENT, "", name + " on " + table, statement);
                default -> new Operation(Kind.CHANGE_COLUMN, table, name, statement);
            };
        }
    }

    /** Those of a schema, in their order. */
    private record Properties(List<Property> all) {

        private static Properties of(ScratchDatabase database) {
            return new Properties(
                    database.rows(PROPERTIES).stream().map(Property::of).toList());
        }
    }

    private final Map<String, Property> before;
    private final List<Property> after;

    UnnoticedProperties(SettledSchema from, SettledSchema to) {
        this.before = properties(from).stream().collect(Collectors.toMap(Property::key, Function.identity()));
        this.after = properties(to);
    }

    /** Read once, because a schema is compared several times. */
    private static List<Property> properties(SettledSchema schema) {
        return schema.as(Properties.class, Properties::of).all();
    }

    /** The operations, with all that these properties need at their end. */
    List<Operation> completed(List<Operation> operations) {
        Set<String> made = operations.stream()
                .filter(operation -> makes(operation.kind()))
                .map(Operation::subject)
                .collect(Collectors.toSet());
        return Stream.concat(
                        operations.stream().filter(operation -> !ENGINES.matcher(operation.sql())
                                .matches()),
                        after.stream()
                                .filter(property -> differs(property, made))
                                .map(Property::operation))
                .toList();
    }

    private static boolean makes(Kind kind) {
        return switch (kind) {
            case ADD_COLUMN, CREATE_INDEX, ADD_PRIMARY_KEY, ADD_UNIQUE, ADD_CHECK, ADD_FOREIGN_KEY, ADD_EXCLUSION ->
                true;
            default -> false;
        };
    }

    /** Whether it is not what it has to be after everything else. */
    private boolean differs(Property property, Set<String> made) {
        Optional<Property> kept = Optional.ofNullable(before.get(property.key()))
                .filter(known -> known.type().equals(property.type()) && !made.contains(property.subject()));
        return kept.map(known -> !known.statement().equals(property.statement()))
                .orElse(!property.usual());
    }
}
