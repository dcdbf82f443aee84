// A WhatsApp CRM backend on Express and MariaDB: one process starts the database and hands connections to one worker for
// each core. README.md says what it does before and after it answers.

import { execFileSync, spawn } from 'node:child_process';
import cluster from 'node:cluster';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import mysql from 'mysql2/promise';
import { application } from './application.js';
import { database } from './database.js';

const { PORT = '0', FOLDER, ANSWER = 'first', FLUSH = '1', WHATSAPP_APP_SECRET = 'the secret of the comparison' } =
  process.env;
const DATA = `${FOLDER}/mariadb`;
const SOCKET = `${FOLDER}/mariadb.sock`;
const UNIQUE = 'CREATE UNIQUE INDEX IF NOT EXISTS one_of_each ON lead_messages (message_id)';

/** Starts the database over what is in the folder, as part of this process group. */
function startDatabase() {
  if (!existsSync(DATA)) {
    const install = ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db', '--user=root'];
    execFileSync('mariadb-install-db', [...install, `--datadir=${DATA}`]);
  }
  const options = ['--no-defaults', '--user=root', '--skip-networking', `--innodb-flush-log-at-trx-commit=${FLUSH}`];
  const mariadb = spawn('mariadbd', [...options, `--datadir=${DATA}`, `--socket=${SOCKET}`], { stdio: 'ignore' });
  mariadb.on('exit', () => process.exit(1));
}

/** A connection, once the database accepts one. */
async function connect() {
  for (;;) {
    try {
      return await mysql.createConnection({ socketPath: SOCKET, user: 'root', multipleStatements: true });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Makes the tables that are not there. */
async function prepare() {
  const db = await connect();
  await db.query('CREATE DATABASE IF NOT EXISTS crm CHARACTER SET utf8mb4; USE crm');
  await db.query(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
  if (ANSWER === 'durable') await db.query(UNIQUE);
  await db.end();
}

function ready({ port }) {
  const url = `http://127.0.0.1:${port}`;
  const webhookUrl = `${url}/api/webhook/whatsapp`;
  console.log(JSON.stringify({ url, webhookUrl, appSecret: WHATSAPP_APP_SECRET, phoneNumberId: '1', wabaId: '1' }));
}

if (cluster.isPrimary) {
  startDatabase();
  await prepare();
  let starting = availableParallelism();
  cluster.on('listening', (_, address) => {
    starting -= 1;
    if (starting === 0) ready(address);
  });
  for (let worker = starting; worker > 0; worker -= 1) cluster.fork();
} else {
  const db = database({ socketPath: SOCKET, database: 'crm' });
  application(db, WHATSAPP_APP_SECRET, ANSWER === 'durable').listen(Number(PORT), '127.0.0.1');
}
