-- undoes: 20261128065937

ALTER TABLE alias
    DROP CONSTRAINT fk_alias_collection_id;

DROP TABLE alias;
