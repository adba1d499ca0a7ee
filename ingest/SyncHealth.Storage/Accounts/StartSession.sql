-- Signs account @account in; sessions that are over go. @hash: SHA-256 of the browser's token. @over: those that started by then are over. @now: the clock.
delete from synchealth.session where started_at <= @over;
insert into synchealth.session (token_hash, session_id, account_id, started_at) values (@hash, @id, @account, @now);
