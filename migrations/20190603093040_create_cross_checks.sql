-- 交叉执法: what a provincial team found of a county's problems; one result a problem, team and day.
create table cross_uploads (
    county_id integer not null references counties,
    id uuid not null,
    campaign_id uuid not null references campaigns,
    team text not null,
    file_name text not null,
    -- the lines as they were read, with what is wrong of each
    lines jsonb not null,
    made_by text not null,
    made_at timestamptz not null,
    -- read, done
    state text not null,
    primary key (county_id, id)
);
select guard_county_table('cross_uploads', 'select, insert, update');

create table cross_checks (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    upload_id uuid not null,
    -- held against this problem; of a new finding the problem that it made
    problem_id uuid not null,
    team text not null,
    checked_on date not null,
    checkers text not null,
    result text not null,
    note text not null default '',
    -- what the county claimed of the problem on that day
    claimed text not null,
    created_at timestamptz not null,
    primary key (county_id, id),
    foreign key (county_id, upload_id) references cross_uploads,
    constraint cross_checks_once unique (county_id, problem_id, team, checked_on)
);
create index cross_checks_by_campaign on cross_checks (county_id, campaign_id, id);
select guard_county_table('cross_checks', 'select, insert, update');
