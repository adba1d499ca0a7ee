-- One bounded step: deletes @App's events before @Before from @Blocks blocks of @Partition, from @First on.
select synchealth.prune_event_blocks(@Partition, @App, @Before, @First, @Blocks);
