-- 市级快照 第N号: the city's figures at a moment, each county's on the most reliable basis that there was. The city's own rows.
create table snapshots (
    county_id integer not null references counties,
    id uuid not null,
    campaign_id uuid not null references campaigns,
    number integer not null,
    data_date date not null,
    made_by text not null,
    made_at timestamptz not null,
    -- one entry a body in customary order: county, basis in words, submission, figures, the city's own part of them
    bodies jsonb not null,
    -- 来源对账
    sources jsonb not null,
    content_hash bytea not null,
    primary key (county_id, id),
    constraint snapshots_number_unique unique (county_id, campaign_id, number)
);
select guard_county_table('snapshots', 'select, insert');

create table snapshot_files (
    county_id integer not null,
    snapshot_id uuid not null,
    -- annex1, annex2, roll-up, bulletin
    kind text not null,
    name text not null,
    sha256 bytea not null,
    bytes bytea not null,
    primary key (county_id, snapshot_id, kind),
    foreign key (county_id, snapshot_id) references snapshots
);
select guard_county_table('snapshot_files', 'select, insert');
