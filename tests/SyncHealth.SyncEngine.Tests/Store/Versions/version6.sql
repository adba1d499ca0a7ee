-- What a phone had stored when it was last closed by an app of schema 6: version6.db is this file, run on that schema.
-- Synced at 2026-03-01T08:00:00Z (1772352000000), used offline in the minutes after it.
insert into note (id, title, body, edited_at, device, is_deleted, version, seen_in) values
  ('kept', 'kept', 'body', 1772352000000, 'tablet', 0, 1, 1),
  ('edited', 'edited offline', 'body', 1772352060000, 'phone', 0, 2, 1),
  ('deleted', 'deleted', 'body', 1772352061000, 'phone', 1, 3, 1),
  ('sent', 'sent, then edited again', 'body', 1772352063000, 'phone', 0, 4, 1),
  ('priced', '10 a piece', '', 1772352064000, 'phone', 0, 5, 1),
  ('list/shop', '', '{"seen":{"phone":1,"tablet":1},"items":{"bread":{"phone":1},"milk":{"tablet":1}}}', 1772352065000, 'phone', 0, 6, 1),
  ('new', 'new', 'made offline', 1772352066000, 'phone', 0, 0, 0),
  ('refused', 'too long for the server', '', 1772352067000, 'phone', 0, 0, 0);

insert into outbox (note_id, kind, title, body, edited_at, edits, queued_at, batch_key, base_version, parked_code, strikes, priority, parent_id) values
  ('edited', 2, 'edited offline', 'body', 1772352060000, 2, 1772352050000, null, null, null, 3, null, null),
  ('deleted', 3, 'deleted', 'body', 1772352061000, 1, 1772352061000, null, null, null, 0, null, null),
  ('sent', 2, 'sent', 'body', 1772352062000, 1, 1772352062000, 'key-of-version-6', 4, null, 0, 1, null),
  ('sent', 2, 'sent, then edited again', 'body', 1772352063000, 1, 1772352063000, null, null, null, 0, null, null),
  ('new', 1, 'new', 'made offline', 1772352066000, 1, 1772352066000, null, null, null, 0, 0, null),
  ('refused', 1, 'too long for the server', '', 1772352067000, 3, 1772352064000, null, null, 'too_large', 0, null, 'new'),
  ('priced', 2, '10 a piece', '', 1772352064000, 1, 1772352064000, null, null, 'conflict', 0, null, null),
  ('list/shop', 2, '', '{"seen":{"phone":1,"tablet":1},"items":{"bread":{"phone":1},"milk":{"tablet":1}}}', 1772352065000, 1, 1772352065000, null, null, null, 0, null, null);

insert into base (note_id, title, body, is_deleted, edited_at, device) values
  ('edited', 'edited', 'body', 0, 1772352000000, 'tablet'),
  ('deleted', 'deleted', 'body', 0, 1772352000000, 'tablet'),
  ('sent', 'sent before', 'body', 0, 1772352000000, 'tablet'),
  ('priced', '11 a piece', '', 0, 1772352000000, 'tablet'),
  ('list/shop', '', '{"seen":{"tablet":1},"items":{"milk":{"tablet":1}}}', 0, 1772352000000, 'tablet');

insert into conflict (note_id, kind, winner, discarded, lost_title, lost_body, at) values
  ('kept', 1, 2, 2, 'lost here', 'long ago', 1772351999000);

insert into waiting_conflict (note_id, kind, title, body, is_deleted, edited_at, device, version, met_at) values
  ('priced', 1, '12 a piece', '', 0, 1772352000002, 'tablet', 7, 1772352064500);

insert into decision (note_id, kind, winner, discarded) values ('kept', 1, 1, 1);

insert into sync_state (id, device, token, generation, full_running, last_success_at, failed_since, last_stamp, pull_owed, account) values
  (1, 'phone', 'MS43Ljc', 1, 0, 1772352000000, 2, 1772352067000, 1, 'ann');
