-- undoes: 20261128114643, 20261128114644

DROP INDEX ix_document_expires_at;

ALTER TABLE ONLY document
    DROP COLUMN expires_at;

ALTER TABLE ONLY revision
    DROP COLUMN expires_at;
