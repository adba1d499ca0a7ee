-- Keeps a silence; the same id again changes nothing. Times: shared clock. Key: silence_pkey.
insert into synchealth.silence (silence_id, matchers, reason, created_by, created_at, starts_at, ends_at)
values (@id, @matchers, @reason, @created_by, @created_at, @starts_at, @ends_at)
on conflict (silence_id) do nothing;
