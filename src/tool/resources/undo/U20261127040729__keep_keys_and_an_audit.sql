-- undoes: 20261127040729

DROP TABLE api_key;

DROP TABLE audit;

ALTER TABLE document
    ALTER COLUMN author TYPE character varying(256);

ALTER TABLE revision
    ALTER COLUMN author TYPE character varying(256);

ALTER TABLE revision
    ALTER COLUMN ended_by TYPE character varying(256);
