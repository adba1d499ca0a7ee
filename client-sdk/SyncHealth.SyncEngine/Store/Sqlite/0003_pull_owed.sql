-- Local database, version 3: whether the server has said that it has more than the token: an answer to a push, or a page that is not the last. An app
-- that is killed, or gives up, before its pull has ended knows afterwards that it does not have what the server has.
alter table sync_state add column pull_owed integer not null default 0;
