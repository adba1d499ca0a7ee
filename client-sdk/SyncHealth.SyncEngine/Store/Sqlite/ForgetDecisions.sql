-- A cycle reports them. Scans decision.
delete from decision
