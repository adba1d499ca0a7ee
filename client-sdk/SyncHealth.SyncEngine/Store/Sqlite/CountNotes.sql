-- Records of an entity that are not deleted. Index note_by_edited.
select count(*) from note where is_deleted = 0 and entity = $entity
