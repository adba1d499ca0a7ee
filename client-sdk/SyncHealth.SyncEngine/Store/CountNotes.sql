-- Notes that are not deleted. Index note_by_edited.
select count(*) from note where is_deleted = 0
