-- 报送: a frozen copy of a county's tables. Records stay alive; nothing here changes after 定稿 but where it stands.
create table submissions (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    -- 第N次
    round integer not null,
    -- handed_over, void, filed, withdrawn, returned, accepted, accepted_open
    state text not null,
    -- 更正版: why an accepted submission is filed once more, and which
    correction_reason text,
    corrects uuid,
    -- 定稿
    data_date date not null,
    body_name text not null,
    version_code text not null,
    -- over a canonical form of rows, figures and summary
    content_hash bytea not null,
    -- what the figures were, by key (amounts in 分); those that the city's bureau handles itself besides
    figures jsonb not null,
    by_city jsonb not null,
    -- the work summary, line by line
    summary text[] not null,
    -- the reminders with their reasons, as the county left them
    findings jsonb not null,
    handed_over_by text not null,
    handed_over_at timestamptz not null,
    -- 上报; lead, paper or city
    way text,
    filed_by text,
    filed_account uuid,
    filed_at timestamptz,
    -- the first filing of what a correction corrects
    first_filed_at timestamptz,
    -- who signed on paper: post, name, date
    signers jsonb,
    receipt_number text,
    late boolean not null default false,
    -- 迟报（待市局认定） until the city confirms or excuses it
    lateness text,
    lateness_note text,
    -- 代报: when the mail came, why the city files, and what the county says of it
    arrived_at timestamptz,
    behalf_reason text,
    county_answer text,
    county_answer_note text,
    -- 盖章件
    scan_id uuid,
    -- 审核
    opened_by text,
    opened_at timestamptz,
    reviewed_by text,
    reviewed_at timestamptz,
    review_note text,
    mend_by date,
    primary key (county_id, id),
    constraint submissions_filed_is_dated check (state in ('handed_over', 'void') or filed_at is not null)
);
-- One in flight; one that counts a round.
create unique index submissions_one_in_flight on submissions (county_id, campaign_id) where state in ('handed_over', 'filed');
create unique index submissions_one_a_round on submissions (county_id, campaign_id, round)
    where state in ('handed_over', 'filed', 'returned', 'accepted', 'accepted_open');
create unique index submissions_receipt_unique on submissions (county_id, receipt_number) where receipt_number is not null;
select guard_county_table('submissions', 'select, insert, update');

create table submission_lines (
    county_id integer not null,
    submission_id uuid not null,
    annex smallint not null,
    no integer not null,
    unit_id uuid not null,
    problem_id uuid,
    case_id uuid,
    -- cells by column id, as somebody would type them
    cells jsonb not null,
    primary key (county_id, submission_id, annex, no),
    foreign key (county_id, submission_id) references submissions
);
select guard_county_table('submission_lines', 'select, insert');

create table submission_files (
    county_id integer not null,
    submission_id uuid not null,
    -- annex1, annex2, summary, receipt
    kind text not null,
    name text not null,
    sha256 bytea not null,
    bytes bytea not null,
    primary key (county_id, submission_id, kind),
    foreign key (county_id, submission_id) references submissions
);
select guard_county_table('submission_files', 'select, insert');

-- What the city says of a cell, a row or the whole, and what the county answers.
create table submission_remarks (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    submission_id uuid not null,
    annex smallint,
    line_no integer,
    column_id text,
    text text not null,
    made_by text not null,
    made_at timestamptz not null,
    answer text,
    answered_by text,
    answered_at timestamptz,
    primary key (county_id, id),
    foreign key (county_id, submission_id) references submissions
);
create index submission_remarks_by_submission on submission_remarks (county_id, submission_id);
select guard_county_table('submission_remarks', 'select, insert, update');

-- A county's own deadline, where the city gave it another.
create table deadline_extensions (
    county_id integer not null references counties,
    id uuid not null,
    campaign_id uuid not null references campaigns,
    due_at timestamptz not null,
    reason text not null,
    granted_by text not null,
    granted_at timestamptz not null,
    primary key (county_id, id)
);
select guard_county_table('deadline_extensions', 'select, insert');
