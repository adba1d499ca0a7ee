-- Markers: deploys and incidents, which every chart shows at their moment.
create table synchealth.marker (
    marker_id uuid primary key,
    app_name text,                              -- null: of every app
    at timestamptz not null,
    text text not null,
    created_at timestamptz not null,
    constraint marker_text_is_short check (length(text) between 1 and 200)
);
create index marker_at on synchealth.marker (at);
