-- This process ends. @id. By primary key.
delete from synchealth.process where process_id = @id;
