-- Ends a silence at @now (shared clock); one that has not begun never holds. Key: silence_pkey.
update synchealth.silence
set ends_at = greatest(@now, starts_at)
where silence_id = @id and ends_at > greatest(@now, starts_at);
