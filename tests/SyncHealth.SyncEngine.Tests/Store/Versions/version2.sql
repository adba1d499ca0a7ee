-- What a phone had stored when it was last closed by an app of schema 2: version2.db is this file, run on that schema.
-- Synced at 2026-03-01T08:00:00Z (1772352000000), used offline in the minutes after it.
insert into note (id, title, body, edited_at, device, is_deleted, version, seen_in) values
  ('kept', 'kept', 'body', 1772352000000, 'tablet', 0, 1, 1),
  ('edited', 'edited offline', 'body', 1772352060000, 'phone', 0, 2, 1),
  ('deleted', 'deleted', 'body', 1772352061000, 'phone', 1, 3, 1),
  ('sent', 'sent, then edited again', 'body', 1772352063000, 'phone', 0, 4, 1),
  ('priced', '12 a piece', '', 1772352000002, 'tablet', 0, 7, 1),
  ('list/shop', '', '{"seen":{"tablet":1},"items":{"milk":{"tablet":1}}}', 1772352000000, 'tablet', 0, 6, 1),
  ('new', 'new', 'made offline', 1772352066000, 'phone', 0, 0, 0),
  ('refused', 'too long for the server', '', 1772352067000, 'phone', 0, 0, 0);

insert into outbox (note_id, kind, title, body, edited_at, edits, queued_at, batch_key, base_version, parked_code) values
  ('edited', 2, 'edited offline', 'body', 1772352060000, 2, 1772352050000, null, null, null),
  ('deleted', 3, 'deleted', 'body', 1772352061000, 1, 1772352061000, null, null, null),
  ('sent', 2, 'sent', 'body', 1772352062000, 1, 1772352062000, 'key-of-version-2', 4, null),
  ('sent', 2, 'sent, then edited again', 'body', 1772352063000, 1, 1772352063000, null, null, null),
  ('new', 1, 'new', 'made offline', 1772352066000, 1, 1772352066000, null, null, null),
  ('refused', 1, 'too long for the server', '', 1772352067000, 3, 1772352064000, null, null, 'too_large');

insert into base (note_id, title, body, is_deleted, edited_at, device) values
  ('edited', 'edited', 'body', 0, 1772352000000, 'tablet'),
  ('deleted', 'deleted', 'body', 0, 1772352000000, 'tablet'),
  ('sent', 'sent before', 'body', 0, 1772352000000, 'tablet');

insert into conflict (note_id, kind, winner, discarded, lost_title, lost_body, at) values
  ('kept', 1, 2, 2, 'lost here', 'long ago', 1772351999000);

insert into sync_state (id, device, token, generation, full_running, last_success_at, failed_since, last_stamp) values
  (1, 'phone', 'MS43Ljc', 1, 0, 1772352000000, 2, 1772352067000);
