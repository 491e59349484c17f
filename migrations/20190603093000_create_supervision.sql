-- 督办: what the city asks of a county, and how it went. Numbers are one series a campaign, in the city's own row.
create table supervision_series (
    county_id integer not null references counties,
    campaign_id uuid not null references campaigns,
    last integer not null,
    primary key (county_id, campaign_id)
);
select guard_county_table('supervision_series', 'select, insert, update');

create table supervision_orders (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    number integer not null,
    -- as printed: 长环督〔2019〕3号
    document_number text not null,
    level text not null,
    state text not null,
    about text not null,
    -- what it is about; a problem taken back by undo leaves the words below
    problem_id uuid,
    case_id uuid,
    matter text not null,
    requirement text not null,
    issued_on date not null,
    due_on date not null,
    issued_by text not null,
    replied_on date,
    checked_on date,
    closed_on date,
    -- 反弹: the order whose 销号 did not last
    recurrence_of uuid,
    created_at timestamptz not null,
    primary key (county_id, id),
    foreign key (county_id, recurrence_of) references supervision_orders,
    constraint supervision_orders_number_unique unique (campaign_id, document_number),
    constraint supervision_orders_due_in_order check (due_on >= issued_on),
    constraint supervision_orders_closed_is_dated check ((state = 'closed') = (closed_on is not null))
);
create index supervision_orders_by_campaign on supervision_orders (county_id, campaign_id, id);
create index supervision_orders_by_problem on supervision_orders (county_id, problem_id) where problem_id is not null;
select guard_county_table('supervision_orders', 'select, insert, update');

-- Each step stays as it was taken.
create table supervision_steps (
    county_id integer not null,
    id uuid not null,
    order_id uuid not null,
    kind text not null,
    on_date date not null,
    level text not null,
    due_on date,
    people text[] not null default '{}',
    note text not null default '',
    made_by text not null,
    primary key (county_id, id),
    foreign key (county_id, order_id) references supervision_orders
);
create index supervision_steps_by_order on supervision_steps (county_id, order_id, id);
select guard_county_table('supervision_steps', 'select, insert');

alter table campaigns
    -- 发文字号 of orders, before the year
    add column supervision_prefix text not null default '长环督',
    -- day, week, ten_days
    add column report_rhythm text not null default 'week';
