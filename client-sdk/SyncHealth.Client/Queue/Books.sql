-- Purpose: the install and its books. No parameters; one row.
select id, issued, sent, rejected, queued, queued_bytes from install;
