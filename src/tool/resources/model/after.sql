-- What orders a document in lists by a field of its metadata, as SortColumns and SortValue have it: the rank of the value's type, the number, and the
-- beginning of the text. PostgreSQL puts a function that returns a table, though of one row, in place of its call, which takes half the time.
create function metadata_place(metadata jsonb, json_path text) returns table (rank smallint, number numeric, text text)
language sql stable parallel safe as $$
    select cast(case jsonb_typeof(value)
                    when 'number' then 1
                    when 'string' then 2
                    when 'boolean' then case when value = 'true' then 4 else 3 end
                    else 5 end as smallint),
           case when jsonb_typeof(value) = 'number' then cast(value as numeric) else 0 end,
           case when jsonb_typeof(value) = 'string' then left(value #>> '{}', 100) else '' end
    from jsonb_path_query_first(metadata, cast(json_path as jsonpath), '{}', true) as found (value)
$$;

-- Keeps a document's values in the declared indexes of its collection, whoever writes the document. A dropped index is kept up for some minutes, because
-- a request may still be about to read it.
create function keep_metadata_values() returns trigger language plpgsql as $$
begin
    insert into metadata_value (document_id, index_number, rank, number, text)
    select new.id, metadata_index.number, place.rank, place.number, place.text
    from metadata_index cross join lateral metadata_place(new.metadata, metadata_index.json_path) as place
    where metadata_index.collection_id = new.collection_id
      and (metadata_index.dropped_at is null or metadata_index.dropped_at > now() - interval '5 minutes')
    on conflict (document_id, index_number) do update
    set rank = excluded.rank, number = excluded.number, text = excluded.text;
    return null;
end
$$;

-- PostgreSQL runs triggers in the order of their names. The one that checks the foreign key to the collection is named RI_.., so it comes first: a new
-- document waits there for a transaction that declares an index, and this trigger sees the index then.
create trigger keep_metadata_values_of_new after insert on document
for each row execute function keep_metadata_values();

create trigger keep_metadata_values_of_changed after update of metadata on document
for each row when (old.metadata is distinct from new.metadata) execute function keep_metadata_values();
