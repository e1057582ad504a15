create index concurrently ix_change_kind on change (kind);
