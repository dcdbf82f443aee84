CREATE TABLE IF NOT EXISTS queues (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    attributes TEXT NOT NULL
);

-- The body comes last, so that reading the small columns of a long message touches one page.
CREATE TABLE IF NOT EXISTS messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    queue INTEGER NOT NULL,
    message_group TEXT NOT NULL,
    message_id TEXT NOT NULL,
    deduplication TEXT NOT NULL,
    sent INTEGER NOT NULL,
    visible INTEGER NOT NULL,
    receives INTEGER NOT NULL,
    first_received INTEGER,
    origin INTEGER,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_by_group ON messages (queue, message_group, sequence);

-- One row for each group that has messages: its oldest message, and when the group can next deliver.
CREATE TABLE IF NOT EXISTS message_groups (
    queue INTEGER NOT NULL,
    name TEXT NOT NULL,
    head INTEGER NOT NULL,
    ready INTEGER NOT NULL,
    PRIMARY KEY (queue, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS message_groups_by_head ON message_groups (queue, head, ready);

-- What was sent in the last five minutes, whether or not it is still there.
CREATE TABLE IF NOT EXISTS deduplications (
    queue INTEGER NOT NULL,
    id TEXT NOT NULL,
    sent INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (queue, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deduplications_by_age ON deduplications (sent);
