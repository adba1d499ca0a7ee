-- Purpose: hands the named losses of a halved batch to one half. @from, @to batch ids. No index: a handful of rows.
update loss set batch_id = @to where batch_id = @from;
