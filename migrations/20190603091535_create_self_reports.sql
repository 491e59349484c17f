-- 企业自报: what a unit says of its own 自查 through its link. It waits (待核) until a clerk takes it over; it never changes what
-- staff entered.
create table self_reports (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    unit_id uuid not null,
    link_id uuid not null,
    received_at timestamptz not null,
    reporter text not null,
    phone text,
    inspected_on date,
    -- 'none' 未发现问题, 'some' 发现问题
    found text,
    note text,
    -- waiting, taken, set_aside
    state text not null,
    settled_by text,
    settled_at timestamptz,
    settled_note text,
    primary key (county_id, id),
    foreign key (county_id, unit_id) references units,
    constraint self_reports_state_known check (state in ('waiting', 'taken', 'set_aside'))
);
create index self_reports_by_unit on self_reports (county_id, campaign_id, unit_id);
create index self_reports_waiting on self_reports (county_id, campaign_id) where state = 'waiting';
select guard_county_table('self_reports', 'select, insert, update');

create table self_report_problems (
    county_id integer not null,
    id uuid not null,
    report_id uuid not null,
    place integer not null,
    kind text,
    description text not null,
    measures text,
    responsible_person text,
    due_on date,
    invested_fen bigint,
    completed_on date,
    -- the problem that it was taken over into
    problem_id uuid,
    primary key (county_id, id),
    foreign key (county_id, report_id) references self_reports,
    foreign key (county_id, problem_id) references problems
);
create index self_report_problems_by_report on self_report_problems (county_id, report_id, place);
select guard_county_table('self_report_problems', 'select, insert, update');
