-- parent: 20261128114643
-- fingerprint: f17aab5711eba6e8

-- was: 20261128094046



DROP INDEX CONCURRENTLY IF EXISTS ix_document_expires_at;

CREATE INDEX CONCURRENTLY ix_document_expires_at ON document USING btree (expires_at)
WHERE (expires_at IS NOT NULL);
