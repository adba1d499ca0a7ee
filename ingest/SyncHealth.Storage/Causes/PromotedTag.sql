-- The promoted tag of @app as a dimension, tag:NAME; null without one.
select 'tag:' || promoted_tag from synchealth.app where name = @app;
