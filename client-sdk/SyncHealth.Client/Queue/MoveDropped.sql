-- Purpose: hands the losses of a halved batch to one half. @from, @to batch ids. Index: primary key of batch_dropped.
update batch_dropped set batch_id = @to where batch_id = @from;
