-- 办案进程: what starts, stops or pauses a statutory clock, under a case or one of its measures. Rows of their own, because
-- several of a kind are possible (two periods of appraisal), and because a clock pauses only by what is recorded.
create table case_events (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    case_id uuid not null,
    measure_id uuid,
    kind text not null,
    happened_on date not null,
    -- the last day of a period that pauses a clock; null while it lasts
    until_on date,
    note text,
    recorded_by text not null,
    recorded_at timestamptz not null,
    removed boolean not null default false,
    primary key (county_id, id),
    -- a case or measure entered by mistake goes with what hangs on it; history keeps both
    foreign key (county_id, case_id) references cases on delete cascade,
    foreign key (county_id, measure_id) references measures on delete cascade,
    constraint case_events_in_order check (until_on is null or until_on >= happened_on)
);
create index case_events_by_case on case_events (county_id, case_id) where not removed;
select guard_county_table('case_events', 'select, insert, update, delete');
