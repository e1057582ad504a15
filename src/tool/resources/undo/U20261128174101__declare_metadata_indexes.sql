-- undoes: 20261128174101

DROP TRIGGER keep_metadata_values_of_changed ON document;

DROP TRIGGER keep_metadata_values_of_new ON document;

ALTER TABLE metadata_index
    DROP CONSTRAINT fk_metadata_index_collection_id;

ALTER TABLE metadata_value
    DROP CONSTRAINT fk_metadata_value_document_id;

DROP FUNCTION metadata_place(metadata jsonb, json_path text);

DROP FUNCTION keep_metadata_values();

DROP TABLE metadata_index;

DROP TABLE metadata_value;
