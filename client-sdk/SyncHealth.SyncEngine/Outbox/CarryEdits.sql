-- An operation gives way to the newer one of its note, which carries its edits: if that one loses, they are lost too. Primary key, index outbox_open.
update outbox set edits = edits + (select older.edits from outbox older where older.sequence = $sequence)
where batch_key is null and parked_code is null and sequence <> $sequence
  and note_id = (select older.note_id from outbox older where older.sequence = $sequence)
