-- undoes: 20261126033031

DROP INDEX ix_change_collection_id_txid_seq_embedded;
