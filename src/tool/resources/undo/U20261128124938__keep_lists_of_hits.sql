-- undoes: 20261128124938

ALTER TABLE hit_list
    DROP CONSTRAINT fk_hit_list_collection_id;

DROP TABLE hit_list;
