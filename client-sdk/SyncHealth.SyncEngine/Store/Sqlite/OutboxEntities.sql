-- Entities of what waits to be sent, by their ids as in note.entity. Scans the outbox, which is short, once at start.
select distinct case instr(note_id, '/') when 0 then 'note' else substr(note_id, 1, instr(note_id, '/') - 1) end from outbox
