// The statements. Each is prepared once for each connection.

import mysql from 'mysql2/promise';

/** Connections of one worker: two workers have 32. */
const CONNECTIONS = 16;

/** How often a transaction is tried that the database aborts in favour of another one. */
const TRIES = 5;

const UPSERT = `INSERT INTO leads (name, phone, stage, source, last_message, last_message_at)
  VALUES (?, ?, 'Incoming', 'WhatsApp', ?, FROM_UNIXTIME(?))
  ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), stage = IF(stage IN ('New', 'Incoming'), 'Contacted', stage),
  last_message = VALUES(last_message), last_message_at = VALUES(last_message_at)`;
const MESSAGE = `INSERT INTO lead_messages (lead_id, message_id, direction, message_text, message_type)
  VALUES (?, ?, 'inbound', ?, ?)`;
const LINE = `INSERT INTO lead_timeline (lead_id, event_type, description, metadata)
  VALUES (?, 'message_received', ?, ?)`;

const DUPLICATE = 'ER_DUP_ENTRY';
const ABORTED = ['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD'];

/** The database behind a connection pool. */
export function database(at) {
  const pool = mysql.createPool({ ...at, user: 'root', connectionLimit: CONNECTIONS, maxIdle: CONNECTIONS });
  return {
    receive: (message) => receive(pool, message),
    count: async () => (await pool.query('SELECT COUNT(*) AS count FROM lead_messages'))[0][0].count,
    messageIds: async () => (await pool.query('SELECT message_id FROM lead_messages'))[0].map((row) => row.message_id),
  };
}

/** One transaction; a message that the unique index knows already changes nothing. */
async function receive(pool, message) {
  for (let tried = 1; ; tried += 1) {
    const db = await pool.getConnection();
    try {
      await db.query('START TRANSACTION');
      await store(db, message);
      await db.query('COMMIT');
      return;
    } catch (error) {
      await db.query('ROLLBACK');
      if (error.code === DUPLICATE) return;
      if (!ABORTED.includes(error.code) || tried === TRIES) throw error;
    } finally {
      db.release();
    }
  }
}

async function store(db, { name, phone, id, text, type, at }) {
  const lead = (await db.execute(UPSERT, [name, phone, text, at]))[0].insertId;
  await db.execute(MESSAGE, [lead, id, text, type]);
  await db.execute(LINE, [lead, `Message from ${name}`, JSON.stringify({ messageId: id, type })]);
}
