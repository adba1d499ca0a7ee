-- Local database, version 5: how soon an operation leaves, and which record has to be at the server before it. What waits already leaves as before.
alter table outbox add column priority integer;   -- 0 high, 1 medium, 2 low; null until it is sealed: that of its entity
alter table outbox add column parent_id text;     -- record that it builds upon: nothing is sent while an operation of that one waits
create index outbox_by_parent on outbox (parent_id) where parent_id is not null;
