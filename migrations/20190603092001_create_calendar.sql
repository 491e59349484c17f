-- Days on which offices work or rest against the weekday (放假与调休). A reference table: no county, no row security.
create table calendar_days (
    id uuid not null,
    day date not null,
    works boolean not null, -- false: a day off; true: a Saturday or Sunday worked in exchange
    name text not null, -- 端午节, 调休上班
    version integer not null default 1,
    constraint calendar_days_pkey primary key (id),
    constraint calendar_days_once unique (day)
);
grant select, insert, update, delete on calendar_days to zhengzhi_app;

-- 2019: 国办发明电〔2018〕15号; 劳动节 as changed by 国办发明电〔2019〕3号.
insert into calendar_days (id, day, works, name)
select gen_random_uuid(), d::date, false, n from (values
    ('2019-01-01', '元旦'),
    ('2019-02-04', '春节'), ('2019-02-05', '春节'), ('2019-02-06', '春节'), ('2019-02-07', '春节'), ('2019-02-08', '春节'),
    ('2019-04-05', '清明节'),
    ('2019-05-01', '劳动节'), ('2019-05-02', '劳动节'), ('2019-05-03', '劳动节'), ('2019-05-04', '劳动节'),
    ('2019-06-07', '端午节'),
    ('2019-09-13', '中秋节'),
    ('2019-10-01', '国庆节'), ('2019-10-02', '国庆节'), ('2019-10-03', '国庆节'), ('2019-10-04', '国庆节'), ('2019-10-05', '国庆节'),
    ('2019-10-06', '国庆节'), ('2019-10-07', '国庆节')
) as off(d, n);
insert into calendar_days (id, day, works, name)
select gen_random_uuid(), d::date, true, '调休上班' from (values
    ('2019-02-02'), ('2019-02-03'), ('2019-04-28'), ('2019-05-05'), ('2019-09-29'), ('2019-10-12')
) as worked(d);
