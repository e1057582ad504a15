-- undoes: 20261128094045, 20261128094046

DROP INDEX ix_document_expires_at;

ALTER TABLE ONLY document
    DROP COLUMN expires_at;

ALTER TABLE ONLY revision
    DROP COLUMN expires_at;
