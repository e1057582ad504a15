-- One line of text for each fact about the schema. Names are qualified where search_path does not reach, so that the text
-- is the same on every server. What initdb creates has an oid below 16384; a bound spares reading it.
with ours as (
    select n.oid, n.nspname
    from pg_namespace n
    where n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname not like 'pg\_toast%' and n.nspname not like 'pg\_temp%'
),
-- what an extension has brought is told by the extension's own line
brought as (
    select classid, objid from pg_depend where deptype = 'e'
),
relation as (
    select c.*, n.nspname
    from pg_class c
    join ours n on n.oid = c.relnamespace
    where c.oid >= 16384 and c.relname <> 'flyway_schema_history'
      and not exists (select from brought b where b.classid = 'pg_class'::regclass and b.objid = c.oid)
),
held as (
    select * from relation where relkind in ('r', 'p')
)
select 'extension ' || extname from pg_extension where extname <> 'plpgsql'
union all
select 'schema ' || nspname from ours where nspname <> 'public'
union all
select format('table %I.%I', nspname, relname)
       || case relpersistence when 'u' then ' unlogged' else '' end
       || coalesce(' partition by ' || pg_get_partkeydef(oid), '')
       || coalesce((select ' partition of ' || i.inhparent::regclass || ' ' || pg_get_expr(relpartbound, r.oid)
                    from pg_inherits i where i.inhrelid = r.oid), '')
       || coalesce(' with ' || array_to_string(reloptions, ','), '')
       || case when relrowsecurity then ' row level security' else '' end
       || case when relforcerowsecurity then ' forced' else '' end
       || case relreplident when 'd' then '' else ' replica identity ' || relreplident::text
              || coalesce((select ' ' || i.indexrelid::regclass from pg_index i where i.indrelid = r.oid and i.indisreplident), '') end
from held r
union all
-- 6 is the precision that PostgreSQL has anyway
select format('column %I.%I.%I %s', r.nspname, r.relname, a.attname,
              regexp_replace(format_type(a.atttypid, a.atttypmod), '^(time(?:stamp)?)\(6\)', '\1'))
       || case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(k.collname) else '' end
       || case when a.attnotnull then ' not null' else '' end
       || case a.attgenerated
              when 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
              when 'v' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') virtual'
              else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end
       || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity by default' else '' end
       || case when a.attstorage = t.typstorage then '' else ' storage ' || a.attstorage::text end
       || case when a.attcompression = '' then '' else ' compression ' || a.attcompression::text end
       || case when a.attstattarget >= 0 then ' statistics ' || a.attstattarget else '' end
       || coalesce(' with ' || array_to_string(a.attoptions, ','), '')
from held r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_collation k on k.oid = a.attcollation
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
union all
select format('constraint %I.%I.%I %s', r.nspname, r.relname, c.conname, pg_get_constraintdef(c.oid))
from held r join pg_constraint c on c.conrelid = r.oid
where c.contype <> 'n'
union all
select 'index ' || pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' INVALID' end
from held r join pg_index i on i.indrelid = r.oid
where not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
union all
select case when d.deptype = 'i'
            then 'identity of ' || d.refobjid::regclass || '.' || quote_ident(a.attname)
            else format('sequence %I.%I', r.nspname, r.relname) || coalesce(' owned by ' || d.refobjid::regclass || '.' || quote_ident(a.attname), '') end
       || format(' %s start %s increment %s between %s and %s cache %s', format_type(s.seqtypid, null), s.seqstart, s.seqincrement,
                 s.seqmin, s.seqmax, s.seqcache)
       || case when s.seqcycle then ' cycle' else '' end
from relation r
join pg_sequence s on s.seqrelid = r.oid
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = r.oid and d.deptype in ('i', 'a') and d.refobjsubid > 0
left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
union all
select case relkind when 'm' then 'materialized view ' else 'view ' end || format('%I.%I %s', nspname, relname, pg_get_viewdef(oid))
       || coalesce(' with ' || array_to_string(reloptions, ','), '')
from relation where relkind in ('v', 'm')
union all
select 'index ' || pg_get_indexdef(i.indexrelid) from relation r join pg_index i on i.indrelid = r.oid where r.relkind = 'm'
union all
select format('enum %I.%I (%s)', n.nspname, t.typname,
              (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid))
from pg_type t join ours n on n.oid = t.typnamespace
where t.oid >= 16384 and t.typtype = 'e' and not exists (select from brought b where b.classid = 'pg_type'::regclass and b.objid = t.oid)
union all
select format('domain %I.%I %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod))
       || case when t.typnotnull then ' not null' else '' end || coalesce(' default ' || t.typdefault, '')
       || coalesce((select ' ' || string_agg(c.conname || ' ' || pg_get_constraintdef(c.oid), ', ' order by c.conname)
                    from pg_constraint c where c.contypid = t.oid and c.contype = 'c'), '')
from pg_type t join ours n on n.oid = t.typnamespace
where t.oid >= 16384 and t.typtype = 'd' and not exists (select from brought b where b.classid = 'pg_type'::regclass and b.objid = t.oid)
union all
select format('type %I.%I (%s)', r.nspname, r.relname,
              (select string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum)
               from pg_attribute where attrelid = r.oid and attnum > 0 and not attisdropped))
from relation r where r.relkind = 'c'
union all
select case p.prokind when 'p' then 'procedure ' else 'function ' end || pg_get_functiondef(p.oid)
from pg_proc p join ours n on n.oid = p.pronamespace
where p.oid >= 16384 and p.prokind in ('f', 'p', 'w') and not exists (select from brought b where b.classid = 'pg_proc'::regclass and b.objid = p.oid)
union all
select format('cast (%s as %s) %s %s %s', c.castsource::regtype, c.casttarget::regtype, c.castmethod, c.castcontext,
              nullif(c.castfunc, 0)::regprocedure)
from pg_cast c
where c.oid >= 16384 and (select count(*) from pg_type t join ours n on n.oid = t.typnamespace where t.oid in (c.castsource, c.casttarget)) > 0
  and not exists (select from brought b where b.classid = 'pg_cast'::regclass and b.objid = c.oid)
union all
select 'trigger ' || pg_get_triggerdef(t.oid) || case t.tgenabled when 'O' then '' else ' enabled ' || t.tgenabled::text end
from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
union all
select format('policy %I on %I.%I %s %s using %s check %s', p.polname, r.nspname, r.relname, p.polcmd, p.polpermissive,
              coalesce(pg_get_expr(p.polqual, p.polrelid), '-'), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '-'))
from held r join pg_policy p on p.polrelid = r.oid
union all
select format('comment on %s %s: %s', case when d.objsubid = 0 then 'relation' else 'column' end,
              format('%I.%I', r.nspname, r.relname) || coalesce('.' || quote_ident(a.attname), ''), d.description)
from relation r
join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = r.oid
left join pg_attribute a on a.attrelid = r.oid and a.attnum = d.objsubid and d.objsubid > 0
union all
select format('comment on constraint %I of %I.%I: %s', c.conname, r.nspname, r.relname, d.description)
from held r join pg_constraint c on c.conrelid = r.oid
join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = c.oid
union all
select 'rule ' || pg_get_ruledef(w.oid) from held r join pg_rewrite w on w.ev_class = r.oid
union all
select pg_get_statisticsobjdef(s.oid) || coalesce(' target ' || nullif(s.stxstattarget, -1), '')
from held r join pg_statistic_ext s on s.stxrelid = r.oid
