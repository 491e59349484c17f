-- 排查 (二.1): which unit was visited by which officers, with what result. A problem that was found is a problem of its own.
create table inspections (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    unit_id uuid not null,
    inspected_on date not null,
    officers text[] not null,
    -- 人次: one for each officer
    persons integer generated always as (cardinality(officers)) stored,
    result text,
    note text,
    removed boolean not null default false,
    created_at timestamptz not null,
    primary key (county_id, id),
    foreign key (county_id, unit_id) references units
);
create index inspections_by_unit on inspections (county_id, campaign_id, unit_id);
select guard_county_table('inspections', 'select, insert, update, delete');

-- 网格: who keeps a township, and when its units are to be visited.
create table grids (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    township text not null,
    -- 网格员 and telephone; 执法人员
    keeper text,
    keeper_phone text,
    officers text[] not null,
    planned_from date,
    planned_until date,
    primary key (county_id, id),
    constraint grids_once unique (county_id, campaign_id, township)
);
select guard_county_table('grids', 'select, insert, update');
