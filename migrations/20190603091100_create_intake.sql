-- Tables that came in as files, between reading and 确认. Working data: what was confirmed stands in its room and its history.
create table uploads (
    -- the county it is for; the city's own number for a file that the city enters for several (代录)
    county_id integer not null references counties,
    id uuid not null,
    account_id uuid not null,
    campaign_id uuid not null references campaigns,
    kind text not null,
    file_name text not null,
    -- reading, ready, writing, done, failed, cancelled
    state text not null,
    -- why it failed, in one sentence
    reason text,
    -- rows read, or written, so far
    rows_done integer not null,
    -- rows that the file says it has
    rows_expected integer,
    -- what the file holds besides its lines: sheets, heads, what was set aside
    about json not null,
    made_at timestamptz not null,
    begun_at timestamptz not null,
    worked_at timestamptz not null,
    confirmed_at timestamptz,
    -- what one click undoes: a batch a county
    batches uuid[] not null default '{}',
    primary key (county_id, id)
);
create index uploads_by_age on uploads (county_id, made_at);
select guard_county_table('uploads', 'select, insert, update, delete');

create table upload_lines (
    county_id integer not null,
    upload_id uuid not null,
    no integer not null,
    -- the line as read; json keeps it as written (jsonb takes no NUL and reorders)
    line json not null,
    -- created, updated, unchanged, asked, rejected; flagged besides
    outcome text not null,
    flagged boolean not null,
    -- what would become of it, and after 确认 what did
    verdict json not null,
    -- what a person decided about it
    choices json,
    primary key (county_id, upload_id, no),
    foreign key (county_id, upload_id) references uploads on delete cascade
);
create index upload_lines_by_outcome on upload_lines (county_id, upload_id, outcome, no);
create index upload_lines_flagged on upload_lines (county_id, upload_id, no) where flagged;
select guard_county_table('upload_lines', 'select, insert, update, delete');

-- Headings that a county has corrected: its next file is read so at once. An empty field means none.
create table learned_headings (
    county_id integer not null references counties,
    kind text not null,
    heading text not null,
    field text not null,
    primary key (county_id, kind, heading)
);
select guard_county_table('learned_headings', 'select, insert, update');
