-- 帮扶指导 (二.2): who went to help a unit mend, what was advised, what followed.
create table guidance (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    unit_id uuid not null,
    problem_id uuid,
    guided_on date not null,
    person text not null,
    advice text not null,
    outcome text,
    removed boolean not null default false,
    created_at timestamptz not null,
    primary key (county_id, id),
    foreign key (county_id, unit_id) references units,
    foreign key (county_id, problem_id) references problems
);
create index guidance_by_unit on guidance (county_id, campaign_id, unit_id);
select guard_county_table('guidance', 'select, insert, update, delete');

-- 整改方案 has four parts (部令第30号〔2014〕第十六条): measures and the responsible person stand on the problem already.
alter table problems add column plan_schedule text, add column plan_funds text;
