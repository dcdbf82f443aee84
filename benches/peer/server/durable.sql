-- What the durable way needs beyond the tables: that the same message cannot be there twice.

CREATE UNIQUE INDEX IF NOT EXISTS one_of_each ON lead_messages (message_id);
