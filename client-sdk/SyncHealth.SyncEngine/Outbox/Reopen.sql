-- An answered operation has to be sent again, with another content. None is changed when its note has a newer unsealed one, which carries everything.
-- Primary key, index outbox_open.
update outbox set batch_key = null, base_version = null
where sequence = $sequence and not exists (
  select 1 from outbox newer where newer.note_id = outbox.note_id and newer.batch_key is null and newer.parked_code is null)
