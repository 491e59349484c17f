-- Where the chains of a county's history ended when it filed, as the receipt says it: a chain that is shorter now was cut. The
-- application can neither change nor remove it.
create table submission_heads (
    county_id integer not null,
    submission_id uuid not null,
    -- one chain per account
    account_id uuid not null,
    -- its entries, and the code of the last
    seq bigint not null,
    mac bytea not null,
    primary key (county_id, submission_id, account_id),
    foreign key (county_id, submission_id) references submissions
);
select guard_county_table('submission_heads', 'select, insert');
