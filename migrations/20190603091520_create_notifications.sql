-- 告知 (一.1): which unit was told of the requirements, when, how, by whom. Photographs and signatures are evidence beside it.
create table notifications (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    unit_id uuid not null,
    notified_on date not null,
    channel text not null,
    -- 告知人; 接收人
    person text,
    receiver text,
    note text,
    removed boolean not null default false,
    created_at timestamptz not null,
    primary key (county_id, id),
    foreign key (county_id, unit_id) references units
);
create index notifications_by_unit on notifications (county_id, campaign_id, unit_id);
select guard_county_table('notifications', 'select, insert, update, delete');

-- The text of 告知书, for each campaign; {…} is filled in for each unit and county.
alter table campaigns add column notice text not null default '';
update campaigns set notice =
'按照山西省《关于开展违法排污行为大整治的通告》和长治市生态环境局2019年6月3日通知，现将有关要求告知你单位：
一、落实主体责任。持证、按证排污，达标排放，治污设施与生产设施同步正常运行。
二、立即开展自查。对照环评批复、排污许可、治污设施运行、自动监测、固体废物等方面逐项自查，发现的问题制定整改方案，明确改正措施、工程进度、资金保障和责任人员，报属地生态环境部门备案，并按时完成整改。
三、自查于2019年7月3日前完成。自查发现并主动改正的，可作为裁量情节，依法处理；对偷排、监测数据弄虚作假、拒不改正等行为，依法从严查处。
四、2019年7月1日起，省级组织交叉执法。对屡查屡犯、群众反映强烈的，依法列入名单管理，纳入社会信用体系。'
where id = '019b0000-0000-7000-8000-000000000001';
