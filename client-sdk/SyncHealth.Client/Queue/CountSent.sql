-- Purpose: books events that the server has answered for. @count, and of these @rejected one by one. One row.
update install set sent = sent + @count, rejected = rejected + @rejected;
