-- 典型案例: a text about a decided case, on its way to the public and, if need be, back.
create table exposures (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    case_id uuid not null,
    title text not null,
    text text not null,
    drafted_by text not null,
    drafted_on date not null,
    checked_by text,
    checked_on date,
    reviewed_by text,
    reviewed_on date,
    published_by text,
    published_on date,
    withdrawn_by text,
    withdrawn_on date,
    withdrawn_reason text,
    primary key (county_id, id),
    constraint exposures_reviewed_before_published check (published_on is null or (reviewed_on is not null and checked_on is not null)),
    constraint exposures_withdrawn_with_reason check (withdrawn_on is null or withdrawn_reason is not null)
);
-- One text a case is on its way or before the public; those withdrawn stay.
create unique index exposures_one_a_case on exposures (county_id, case_id) where withdrawn_on is null;
select guard_county_table('exposures', 'select, insert, update');

-- What the public reads. No county, no row security: only these columns of published texts, nothing else to be reached.
create table published_cases (
    id uuid not null,
    title text not null,
    area text not null,
    kinds text not null,
    text text not null,
    published_on date not null,
    constraint published_cases_pkey primary key (id)
);
grant select, insert, delete on published_cases to zhengzhi_app;
