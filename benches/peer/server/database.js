// What is asked of the database. Every statement is prepared once for each connection, and kept.

import mysql from 'mysql2/promise';

/** Connections of one worker: two workers have one for each of 32 requests. */
const CONNECTIONS = 16;

/** How often a transaction is tried that the database broke off in favour of another one. */
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
const BROKEN_OFF = ['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD'];

/** The database behind a pool. */
export function database(at) {
  const pool = mysql.createPool({ ...at, user: 'root', connectionLimit: CONNECTIONS, maxIdle: CONNECTIONS });
  return {
    receive: (message) => receive(pool, message),
    leads: (limit, offset) => leads(pool, limit, offset),
    countLeads: () => count(pool, 'leads'),
    countMessages: () => count(pool, 'lead_messages'),
    lead: (id) => lead(pool, id),
  };
}

/** All of it or nothing, and nothing if a unique index says that the message is there already. */
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
      if (!BROKEN_OFF.includes(error.code) || tried === TRIES) throw error;
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

async function count(pool, table) {
  return (await pool.query(`SELECT COUNT(*) AS count FROM ${table}`))[0][0].count;
}

async function leads(pool, limit, offset) {
  return (await pool.query('SELECT * FROM leads ORDER BY id LIMIT ? OFFSET ?', [limit, offset]))[0];
}

async function lead(pool, id) {
  const [[lead]] = await pool.execute('SELECT * FROM leads WHERE id = ?', [id]);
  if (!lead) return null;
  const [messages] = await pool.execute('SELECT * FROM lead_messages WHERE lead_id = ? ORDER BY id', [id]);
  const [timeline] = await pool.execute('SELECT * FROM lead_timeline WHERE lead_id = ? ORDER BY id', [id]);
  return { ...lead, messages, timeline };
}
