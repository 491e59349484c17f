-- People end their own sessions one by one: each gets a name that may stand in a form, as the hash of its token may not.
alter table sessions
    add column id uuid not null default gen_random_uuid(),
    add constraint sessions_id_unique unique (id);
