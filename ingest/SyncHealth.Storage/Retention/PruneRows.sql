-- One bounded step: deletes at most @Limit of @App's rows before @Before from @Table; rows deleted.
select synchealth.prune_rows(@Table, @Column, @App, @Before, @Limit);
