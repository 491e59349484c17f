-- Append only: the application may insert and select, never update or delete.
create table history (
    county_id integer not null references counties,
    id uuid not null,
    -- the chain is one per county and account; seq counts from 1 without a hole
    account_id uuid not null,
    seq bigint not null,
    actor_name text not null,
    actor_role text not null,
    actor_county_id integer not null,
    action text not null,
    record text not null,
    record_id uuid not null,
    version integer not null,
    -- the whole new row in the table's column names; null when the row is gone or nothing was written
    row jsonb,
    note text,
    batch_id uuid,
    business_at timestamptz not null,
    recorded_at timestamptz not null,
    mac bytea not null,
    primary key (county_id, id),
    constraint history_chain_unique unique (county_id, account_id, seq)
);
create index history_by_record on history (county_id, record_id, id);
create index history_by_batch on history (county_id, batch_id) where batch_id is not null;
select guard_county_table('history', 'select, insert');

create table history_heads (
    county_id integer not null references counties,
    account_id uuid not null,
    seq bigint not null,
    mac bytea not null,
    primary key (county_id, account_id)
);
select guard_county_table('history_heads', 'select, insert, update');

-- Several rows changed by one act (批量, 导入): what one click undoes.
create table batches (
    county_id integer not null references counties,
    id uuid not null,
    account_id uuid not null,
    title text not null,
    rows integer not null,
    made_at timestamptz not null,
    undone_at timestamptz,
    -- 代录: entered by the city for the county, which confirms it
    on_behalf boolean not null default false,
    confirmed_at timestamptz,
    primary key (county_id, id)
);
create index batches_to_confirm on batches (county_id) where on_behalf and confirmed_at is null and undone_at is null;
select guard_county_table('batches', 'select, insert, update');
