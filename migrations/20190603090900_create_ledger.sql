create table cases (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    -- 办案机关: who acts; the county is where the unit lies
    handled_by text not null,
    case_number text,
    respondent text,
    clue_received_on date,
    -- 责令改正
    order_on date,
    order_number text,
    case_filed_on date,
    not_filed_on date,
    not_filed_reason text,
    decided_on date,
    decision_number text,
    fine_fen bigint,
    discretion text,
    discretion_reason text,
    other_measures text,
    shut_down boolean not null default false,
    closed_on date,
    legal_reviewed_on date,
    legal_reviewed_by text,
    exposed_on date,
    exposure_media text,
    exposure_outlet text,
    remark text,
    created_at timestamptz not null,
    primary key (county_id, id),
    constraint cases_fine_not_negative check (fine_fen >= 0),
    constraint cases_exposed_after_review check (exposed_on is null or legal_reviewed_on is not null)
);
create index cases_by_campaign on cases (county_id, campaign_id, id);
select guard_county_table('cases', 'select, insert, update, delete');

create table case_problems (
    county_id integer not null,
    case_id uuid not null,
    problem_id uuid not null,
    primary key (county_id, case_id, problem_id),
    foreign key (county_id, case_id) references cases,
    foreign key (county_id, problem_id) references problems
);
create index case_problems_by_problem on case_problems (county_id, problem_id);
select guard_county_table('case_problems', 'select, insert, delete');

-- 措施 are rows of their own: several of a kind are possible.
create table measures (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    case_id uuid not null,
    kind text not null,
    number text,
    decided_on date,
    served_on date,
    from_on date,
    until_on date,
    extended_until date,
    lifted_on date,
    published_on date,
    -- daily penalty: fine, service and re-check stand beside the decided amount, which is never recomputed
    original_fine_fen bigint,
    order_served_on date,
    recheck_on date,
    amount_fen bigint,
    -- transfers: 移送依据, persons (null: unknown), what the police answered
    basis text,
    persons integer,
    police_outcome text,
    police_on date,
    detained_persons integer,
    remark text,
    removed boolean not null default false,
    primary key (county_id, id),
    foreign key (county_id, case_id) references cases,
    constraint measures_amounts_not_negative check (original_fine_fen >= 0 and amount_fen >= 0),
    constraint measures_persons_not_negative check (persons >= 0 and detained_persons >= 0)
);
create index measures_by_case on measures (county_id, case_id) where not removed;
-- delete: only what a batch brought in by mistake, when the batch is taken back
select guard_county_table('measures', 'select, insert, update, delete');

-- 零报告: an empty annex needs a name under 「经核实，本期无此类情况」.
create table zero_reports (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    annex smallint not null,
    confirmed_by text not null,
    confirmed_on date not null,
    withdrawn_on date,
    primary key (county_id, id),
    constraint zero_reports_once unique (county_id, campaign_id, annex),
    constraint zero_reports_annex_known check (annex in (1, 2))
);
select guard_county_table('zero_reports', 'select, insert, update');
