create table problems (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    unit_id uuid not null,
    -- the main kind counts; others are named besides
    kind text,
    other_kinds text[] not null default '{}',
    source text not null,
    description text,
    found_on date,
    -- sent down: numbers of the lists, each answered; counted once
    source_numbers text[] not null default '{}',
    assigned_on date,
    assigned_due_on date,
    verified_as text,
    -- rectification lives on the problem, and only here
    on_the_spot boolean not null default false,
    measures text,
    plan_filed_on date,
    begun_on date,
    due_on date,
    first_due_on date,
    invested_fen bigint,
    invested_with_above boolean not null default false,
    completed_on date,
    completion_note text,
    verified_on date,
    verifiers text[] not null default '{}',
    verification_note text,
    ended_as text,
    ended_on date,
    ended_note text,
    supervisor text,
    responsible_body text,
    responsible_person text,
    -- 反弹: the problem whose 销号 did not last
    recurrence_of uuid,
    remark text,
    created_at timestamptz not null,
    primary key (county_id, id),
    foreign key (county_id, unit_id) references units,
    foreign key (county_id, recurrence_of) references problems,
    constraint problems_invested_not_negative check (invested_fen >= 0),
    constraint problems_verified_after_completion check (verified_on is null or completed_on is not null),
    constraint problems_end_is_dated check ((ended_as is null) = (ended_on is null))
);
create index problems_by_unit on problems (county_id, campaign_id, unit_id);
create index problems_open_by_due on problems (county_id, campaign_id, due_on) where completed_on is null and ended_as is null;
create index problems_by_campaign on problems (county_id, campaign_id, id);
select guard_county_table('problems', 'select, insert, update, delete');

-- 延期: the first due date stays; each extension says who approved it.
create table extensions (
    county_id integer not null,
    id uuid not null,
    problem_id uuid not null,
    previous_due_on date not null,
    due_on date not null,
    approved_by text not null,
    approved_on date,
    number text not null default '',
    reason text not null default '',
    primary key (county_id, id),
    foreign key (county_id, problem_id) references problems,
    constraint extensions_later check (due_on > previous_due_on)
);
create index extensions_by_problem on extensions (county_id, problem_id);
select guard_county_table('extensions', 'select, insert');
