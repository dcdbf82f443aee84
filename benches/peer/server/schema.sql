-- Leads, their messages and their timeline, with the stages, sources and event types of a usual CRM.

CREATE TABLE IF NOT EXISTS leads (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  phone VARCHAR(50) NOT NULL UNIQUE,
  email VARCHAR(255) NULL,
  stage ENUM('New', 'Incoming', 'Contacted', 'Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost')
    NOT NULL DEFAULT 'New',
  source ENUM('WhatsApp', 'Website', 'Referral', 'Cold Call', 'Email', 'Social Media', 'Other')
    NOT NULL DEFAULT 'WhatsApp',
  last_message TEXT NULL,
  last_message_at DATETIME NULL,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
) ENGINE = InnoDB CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS lead_messages (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  lead_id BIGINT UNSIGNED NOT NULL,
  message_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
  direction ENUM('inbound', 'outbound') NOT NULL,
  message_text TEXT NOT NULL,
  message_type VARCHAR(50) NOT NULL DEFAULT 'text',
  status ENUM('sent', 'delivered', 'read', 'failed') NOT NULL DEFAULT 'sent',
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  KEY by_lead (lead_id, id),
  CONSTRAINT message_of_lead FOREIGN KEY (lead_id) REFERENCES leads (id) ON DELETE CASCADE
) ENGINE = InnoDB CHARACTER SET utf8mb4;

CREATE TABLE IF NOT EXISTS lead_timeline (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  lead_id BIGINT UNSIGNED NOT NULL,
  event_type ENUM('message_received', 'message_sent', 'stage_changed', 'note_added', 'call_made', 'email_sent')
    NOT NULL,
  description VARCHAR(500) NOT NULL,
  metadata JSON NULL,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  KEY by_lead (lead_id, id),
  CONSTRAINT line_of_lead FOREIGN KEY (lead_id) REFERENCES leads (id) ON DELETE CASCADE
) ENGINE = InnoDB CHARACTER SET utf8mb4;
