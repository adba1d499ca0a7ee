-- The promoted tags that every writer counts by since before @Now now hold from @From on. A scan of the apps.
update synchealth.app set promoted_from = @From where promoted_tag is not null and promoted_from <= @Now and promoted_from > @From;
