-- Purpose: gives a new file its install. @id text; @issued, @sent, @rejected counts carried over from a damaged file, else 0. No index.
insert into install (only_row, id, issued, sent, rejected) values (1, @id, @issued, @sent, @rejected);
