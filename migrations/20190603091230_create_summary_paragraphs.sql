-- The paragraphs of a work summary (工作总结) that somebody edited; the others are drafts made of the data.
create table summary_paragraphs (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    key text not null,
    -- as typed; null when the draft stands again (恢复原稿)
    text text,
    -- places of figures and blanks in the text, and whether somebody typed what stands there
    slots jsonb not null default '[]',
    primary key (county_id, id),
    constraint summary_paragraphs_key_unique unique (county_id, campaign_id, key)
);
select guard_county_table('summary_paragraphs', 'select, insert, update');
