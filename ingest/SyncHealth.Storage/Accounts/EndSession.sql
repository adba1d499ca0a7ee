-- Signs session @id out. By unique key.
delete from synchealth.session where session_id = @id;
