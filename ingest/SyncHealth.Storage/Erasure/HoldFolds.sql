-- Waits for a fold that is under way and keeps the next from beginning. @Fold: the fold's lock; @Hours: that of the hours.
select pg_advisory_xact_lock(@Fold);
select pg_advisory_xact_lock(@Hours);
