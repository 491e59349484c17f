-- 回头看: problems struck off, drawn at random and looked at again. The draw can be repeated: its seed, its pool and its size stand
-- on each row.
create table look_backs (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    draw_id uuid not null,
    seed bigint not null,
    -- how many problems it was drawn from in this county
    pool integer not null,
    drawn_by text not null,
    drawn_on date not null,
    problem_id uuid not null,
    -- holds 整改到位, recurred 反弹, not_done 未按要求整改
    result text,
    checked_on date,
    people text[] not null default '{}',
    note text,
    primary key (county_id, id),
    foreign key (county_id, problem_id) references problems,
    constraint look_backs_once unique (county_id, draw_id, problem_id),
    constraint look_backs_result_known check (result in ('holds', 'recurred', 'not_done'))
);
create index look_backs_by_problem on look_backs (county_id, problem_id);
select guard_county_table('look_backs', 'select, insert, update');
