-- undoes: 20261128140009

ALTER TABLE copied_document
    DROP CONSTRAINT fk_copied_document_job_id;

DROP TABLE copied_document;
