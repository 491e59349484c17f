create table campaigns (
    id uuid primary key,
    slug text not null,
    title text not null,
    issuer text not null,
    basis text not null,
    contacts text not null default '',
    starts_on date not null,
    self_inspection_until date not null,
    due_at timestamptz not null,
    cross_enforcement_from date not null,
    -- 数据截止日期 of the annexes; null: the day before the deadline
    data_cutoff_on date,
    -- ranking by 到期完成率 only from this denominator
    ranking_floor integer not null default 20,
    -- units without a problem in 附件1续表
    clear_units_apart boolean not null default false,
    -- a clerk may file when the signatures stand on paper; else only the lead files
    paper_signature boolean not null default true,
    -- days within which the stamped scan follows
    scan_within_days integer not null default 3,
    -- working days to mend what an acceptance left open
    mend_within_days integer not null default 3,
    version integer not null default 1,
    constraint campaigns_slug_unique unique (slug),
    constraint campaigns_dates_in_order check (self_inspection_until >= starts_on and ranking_floor >= 0)
);
grant select, update, insert on campaigns to zhengzhi_app;

create table campaign_bodies (
    campaign_id uuid not null references campaigns,
    county_id integer not null references counties,
    primary key (campaign_id, county_id)
);
grant select, insert, delete on campaign_bodies to zhengzhi_app;
grant select on counties, townships to zhengzhi_app;
grant select, insert, update on bodies to zhengzhi_app;

insert into campaigns (id, slug, title, issuer, basis, starts_on, self_inspection_until, due_at, cross_enforcement_from)
values ('019b0000-0000-7000-8000-000000000001', '2019-zhengzhi', '长治市违法排污行为大整治行动', '长治市生态环境局',
        '山西省《关于开展违法排污行为大整治的通告》及市生态环境局2019年6月3日通知',
        '2019-06-03', '2019-07-03', '2019-06-29 00:00:00+08', '2019-07-01');
insert into campaign_bodies (campaign_id, county_id)
select '019b0000-0000-7000-8000-000000000001', id from counties where id <> 140400;
