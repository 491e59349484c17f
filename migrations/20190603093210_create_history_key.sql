-- Of which key the chains of the history are made: a code of a fixed text under the key, which tells nothing of it. One row, written
-- by whoever comes first; a second program with another key is refused.
create table history_key (
    one boolean primary key default true,
    fingerprint bytea not null,
    constraint history_key_one check (one)
);
grant select, insert on history_key to zhengzhi_app;
