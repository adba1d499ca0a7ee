-- Purpose: schema version of the file; 0 is a new file. No parameters, no index.
pragma user_version;
