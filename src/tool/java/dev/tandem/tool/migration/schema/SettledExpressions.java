package dev.tandem.tool.migration.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings expressions into a stable form. PostgreSQL prints {@code status in ('A', 'B')} in one form, and in another one when it is created
 * again from that text, so two equal schemas could differ for ever. Therefore checks, views, generated columns, and indexes with an
 * expression or predicate are created again from PostgreSQL's own text until that text stays the same.
 */
public final class SettledExpressions {

    /** One round has always been enough, and a second one confirms it; a form that never becomes stable must not cause an endless loop. */
    private static final int ROUNDS = 4;

    private static final String OURS =
            " n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%' ";

    private static final String CHECKS = """
            select format('alter table %s drop constraint %I, add constraint %I %s', c.conrelid::regclass, c.conname, c.conname,
                          pg_get_constraintdef(c.oid))
            from pg_constraint c join pg_namespace n on n.oid = c.connamespace
            where c.contype = 'c' and c.conrelid <> 0 and c.conislocal and""" + OURS;

    private static final String DOMAIN_CHECKS = """
            select format('alter domain %s drop constraint %I; alter domain %s add constraint %I %s', c.contypid::regtype, c.conname,
                          c.contypid::regtype, c.conname, pg_get_constraintdef(c.oid))
            from pg_constraint c join pg_namespace n on n.oid = c.connamespace
            where c.contype = 'c' and c.contypid <> 0 and""" + OURS;

    private static final String INDEXES = """
            select format('drop index %s; %s', i.indexrelid::regclass, pg_get_indexdef(i.indexrelid))
            from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
            where (i.indexprs is not null or i.indpred is not null)
              and not exists (select from pg_constraint x where x.conindid = i.indexrelid) and""" + OURS;

    private static final String GENERATED = """
            select format('alter table %s alter column %I set expression as (%s)', d.adrelid::regclass, a.attname,
                          pg_get_expr(d.adbin, d.adrelid))
            from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
            join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
            where a.attgenerated = 's' and""" + OURS;

    private static final String VIEWS = """
            select format('create or replace view %s as %s', c.oid::regclass, pg_get_viewdef(c.oid))
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'v' and c.reloptions is null
              and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') and""" + OURS;

    /** 6 is the default precision of a time; Hibernate writes it out. */
    private static final String PRECISIONS = """
            select format('alter table %s alter column %I type %s', a.attrelid::regclass, a.attname, format_type(a.atttypid, -1))
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.atttypmod = 6
              and a.atttypid in ('timestamp'::regtype, 'timestamptz'::regtype, 'time'::regtype, 'timetz'::regtype) and""" + OURS;

    private SettledExpressions() {}

    /** Settles a scratch database. An object that others depend on cannot be created again, and stays. */
    public static void settle(ScratchDatabase database) {
        try (Session session = database.open()) {
            session.rows(PRECISIONS).forEach(row -> session.tried(row.get(0)));
            Set<String> settled = new HashSet<>();
            for (int round = 0; round < ROUNDS; round++) {
                boolean changed = false;
                for (String kind : List.of(CHECKS, DOMAIN_CHECKS, GENERATED, VIEWS, INDEXES)) {
                    for (List<String> row : session.rows(kind)) {
                        changed |= settled.add(row.get(0)) && session.tried(row.get(0));
                    }
                }
                if (!changed) {
                    return;
                }
            }
        }
    }
}
