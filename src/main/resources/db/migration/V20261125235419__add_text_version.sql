-- parent: 20261125231803
-- fingerprint: 5343ac5e00615609

SET LOCAL lock_timeout = '5s';

ALTER TABLE document
    ADD COLUMN text_version bigint;

ALTER TABLE document ADD CONSTRAINT ck_document_text_version_not_null CHECK (text_version IS NOT NULL) NOT VALID;
