-- parent: 20261125235420
-- fingerprint: 83d19b8b9e7865fb

DROP INDEX CONCURRENTLY IF EXISTS ix_change_collection_id_txid_seq_embedded;

CREATE INDEX CONCURRENTLY ix_change_collection_id_txid_seq_embedded ON change USING btree (collection_id, txid, seq)
WHERE ((kind)::text = 'EMBEDDED'::text);
