-- parent: 20261123030001
-- runs again after a failure

DO $portions$
BEGIN
    FOR page IN 0 .. pg_relation_size('change') / current_setting('block_size')::bigint BY 128 LOOP
        UPDATE change SET kind = kind WHERE change.ctid >= format('(%s,0)', page)::tid;
        COMMIT;
    END LOOP;
END $portions$;

VACUUM (SKIP_LOCKED, ANALYZE) change;
