-- The version of the local schema.
pragma user_version
