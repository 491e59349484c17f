-- 黑名单: thresholds of the rules that name candidates; the city's, so no county and no row security.
create table blacklist_rules (
    id uuid not null,
    rule text not null,
    value integer not null,
    version integer not null default 1,
    constraint blacklist_rules_pkey primary key (id),
    constraint blacklist_rules_once unique (rule),
    constraint blacklist_rules_positive check (value > 0)
);
grant select, update on blacklist_rules to zhengzhi_app;
insert into blacklist_rules (id, rule, value) values
    (gen_random_uuid(), 'violations', 2),
    (gen_random_uuid(), 'fines', 3),
    (gen_random_uuid(), 'complaints', 3);

-- A unit on its way to the list, on it, or off it again. Until decided: 拟列入名单(内部研究).
create table blacklistings (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    unit_id uuid not null,
    grounds text not null,
    proposed_by text not null,
    proposed_on date not null,
    notice_number text,
    notice_served_on date,
    objection_until date,
    objection text,
    objection_on date,
    objection_answer text,
    reviewed_by text,
    reviewed_on date,
    decided_by text,
    decided_on date,
    decision_number text,
    withdrawn_by text,
    withdrawn_on date,
    withdrawn_reason text,
    primary key (county_id, id),
    foreign key (county_id, unit_id) references units,
    constraint blacklistings_decided_in_order check (decided_on is null
        or (notice_served_on is not null and decided_on > objection_until and reviewed_on is not null)),
    constraint blacklistings_withdrawn_with_reason check (withdrawn_on is null or withdrawn_reason is not null)
);
create unique index blacklistings_one_a_unit on blacklistings (county_id, campaign_id, unit_id) where withdrawn_on is null;
select guard_county_table('blacklistings', 'select, insert, update');
