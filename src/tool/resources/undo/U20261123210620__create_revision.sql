-- undoes: 20261123210620

ALTER TABLE ONLY document
    DROP COLUMN author;

DROP TABLE revision;
