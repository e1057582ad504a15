-- undoes: 20261123203954

ALTER TABLE ONLY document
    DROP COLUMN author;

DROP TABLE revision;
