// A WhatsApp CRM backend on Express and MariaDB: one process takes connections and hands them to one worker for each
// core. See README.md for what it does before and after it answers.

import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { readFile } from 'node:fs/promises';
import mysql from 'mysql2/promise';
import { application } from './application.js';
import { database } from './database.js';

const { PORT = '0', DB_SOCKET, DB_NAME = 'crm', WHATSAPP_APP_SECRET, WHATSAPP_VERIFY_TOKEN, ANSWER = 'first' } =
  process.env;

/** Waits until the database lets somebody in, and makes the tables that are not there. */
async function prepare() {
  const db = await mysql.createConnection({ socketPath: DB_SOCKET, user: 'root', multipleStatements: true });
  await db.query(`CREATE DATABASE IF NOT EXISTS ${DB_NAME} CHARACTER SET utf8mb4; USE ${DB_NAME}`);
  const scripts = ANSWER === 'durable' ? ['schema.sql', 'durable.sql'] : ['schema.sql'];
  for (const script of scripts) {
    await db.query(await readFile(new URL(script, import.meta.url), 'utf8'));
  }
  await db.end();
}

function work() {
  const db = database({ socketPath: DB_SOCKET, database: DB_NAME });
  const secrets = { app: WHATSAPP_APP_SECRET, verify: WHATSAPP_VERIFY_TOKEN };
  application(db, secrets, ANSWER === 'durable').listen(Number(PORT), '127.0.0.1');
}

if (cluster.isPrimary) {
  await prepare();
  const count = availableParallelism();
  let listening = 0;
  cluster.on('listening', (_, address) => {
    listening += 1;
    if (listening === count) {
      console.log(JSON.stringify({ url: `http://127.0.0.1:${address.port}` }));
    }
  });
  for (let i = 0; i < count; i += 1) {
    cluster.fork();
  }
} else {
  work();
}
