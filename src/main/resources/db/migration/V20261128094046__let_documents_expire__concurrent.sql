-- parent: 20261128094045
-- fingerprint: c2cc4cb5a4ead569

DROP INDEX CONCURRENTLY IF EXISTS ix_document_expires_at;

CREATE INDEX CONCURRENTLY ix_document_expires_at ON document USING btree (expires_at)
WHERE (expires_at IS NOT NULL);
