-- One row for each store. Its tables are made with it, and named after it.
create table store (
    name text collate "C" primary key,
    -- the fence of the newest claim that has written: older claims write nothing any more
    fence bigint not null default 0,
    -- how the graph holds vectors, fixed when the store is made
    graph text not null check (graph in ('single', 'half', 'none')),
    created_at timestamptz not null default now()
);
