-- Remembers an applied migration. now: the caller's clock.
insert into notes.migration (number, name, checksum, applied_at) values (@number, @name, @checksum, @now)
