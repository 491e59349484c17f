-- What people without an account do on public pages, counted by purpose, address and hour; forgotten after a day.
create table guest_tries (
    purpose text not null,
    address text not null,
    hour timestamptz not null,
    tries integer not null,
    primary key (purpose, address, hour)
);
grant select, insert, update, delete on guest_tries to zhengzhi_app;
