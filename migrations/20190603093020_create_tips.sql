-- 举报转办: what the public reported, to which county it went, and what came of it.
create table tips (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    source text not null,
    number text not null default '',
    received_on date not null,
    -- 被举报单位或地点, as the reporter says it
    target text not null default '',
    content text not null,
    -- the unit on the register, once it is known
    unit_id uuid,
    assigned_on date,
    due_on date,
    answer text,
    answered_on date,
    answer_note text not null default '',
    -- what the reporter was told, and when
    told text not null default '',
    told_on date,
    problem_id uuid,
    created_at timestamptz not null,
    primary key (county_id, id),
    foreign key (county_id, unit_id) references units,
    constraint tips_answer_is_dated check ((answer is null) = (answered_on is null)),
    constraint tips_due_in_order check (due_on >= received_on)
);
create unique index tips_number_unique on tips (county_id, campaign_id, source, number) where number <> '';
create index tips_by_campaign on tips (county_id, campaign_id, id);
select guard_county_table('tips', 'select, insert, update');

-- Who reported: apart, so that no list, file or history carries it.
create table tip_contacts (
    county_id integer not null,
    tip_id uuid not null,
    name text not null default '',
    phone text not null default '',
    primary key (county_id, tip_id),
    foreign key (county_id, tip_id) references tips
);
select guard_county_table('tip_contacts', 'select, insert, update');
