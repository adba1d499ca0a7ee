-- Gives back the pages that the connection has cached and nothing holds.
pragma shrink_memory
