-- What people look at is told in business time; who took a batch back stands beside when.
alter table batches
    add column business_at timestamptz,
    add column undone_business_at timestamptz,
    add column undone_by text;
alter table uploads add column business_at timestamptz;
