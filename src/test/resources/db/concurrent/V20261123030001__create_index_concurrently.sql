-- parent: 20261123030000

create index concurrently ix_change_kind on change (kind);
