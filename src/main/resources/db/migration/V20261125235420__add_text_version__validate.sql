-- parent: 20261125235419
-- fingerprint: 1f9945f39473444a

SET LOCAL lock_timeout = '5s';

UPDATE document SET text_version = coalesce(embedded_version, version) WHERE text_version IS NULL;

ALTER TABLE document VALIDATE CONSTRAINT ck_document_text_version_not_null;

ALTER TABLE document ALTER COLUMN text_version SET NOT NULL;

ALTER TABLE document DROP CONSTRAINT ck_document_text_version_not_null;
