-- Who may see and change what: accounts, the one-time links that make them, and the sessions of those who are signed in.

create table synchealth.account (
    account_id uuid primary key,
    name text not null,                         -- as typed
    name_key text not null unique,              -- in lower case: Ann and ann are one person
    role smallint not null,                     -- 1 viewer, 2 editor, 3 admin; each may what those before it may
    password_hash text,                         -- null: nobody can sign in by password (a proxy in front says who it is)
    created_at timestamptz not null,
    constraint account_name_is_short check (length(name) between 1 and 200),
    constraint account_role_is_known check (role between 1 and 3)
);

-- A link is good once: using it deletes its row. The database knows the link's hash only.
create table synchealth.invitation (
    token_hash bytea primary key,               -- SHA-256
    name text,                                  -- null: whoever uses it chooses one (the first admin)
    name_key text unique,
    role smallint not null,
    created_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint invitation_name_is_short check (length(name) between 1 and 200),
    constraint invitation_role_is_known check (role between 1 and 3),
    constraint invitation_expires_later check (expires_at > created_at)
);

-- The browser holds the token, the database its hash. Ends by age; removing or revoking deletes the row.
create table synchealth.session (
    token_hash bytea primary key,               -- SHA-256
    session_id uuid not null unique,            -- names the session where the token must not be
    account_id uuid not null references synchealth.account on delete cascade,
    started_at timestamptz not null
);
create index session_account on synchealth.session (account_id);
