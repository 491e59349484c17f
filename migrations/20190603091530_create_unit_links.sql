-- The link of one unit (printed as a QR code on its 告知书): read before a scope exists, so a reference table. The token itself is
-- not stored: it follows from the link's id and the server's key, so that a sheet can be printed again with the same code.
create table unit_links (
    id uuid primary key,
    county_id integer not null references counties,
    unit_id uuid not null,
    campaign_id uuid not null references campaigns,
    token_hash bytea not null,
    expires_on date not null,
    made_by text not null,
    made_at timestamptz not null,
    revoked_at timestamptz,
    constraint unit_links_token_unique unique (token_hash)
);
create unique index unit_links_one_open on unit_links (county_id, campaign_id, unit_id) where revoked_at is null;
grant select, insert, update on unit_links to zhengzhi_app;
