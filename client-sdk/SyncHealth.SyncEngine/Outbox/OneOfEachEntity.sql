-- Ids of what waits to be sent, one of each entity. Scans the outbox, which is short, once at start.
select min(note_id) from outbox group by case instr(note_id, '/') when 0 then '' else substr(note_id, 1, instr(note_id, '/')) end
