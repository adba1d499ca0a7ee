-- Local database, version 6: whose data this is, so that nobody else's sign-in sends it. Of a file from before: that of the account that opens it first.
alter table sync_state add column account text;
