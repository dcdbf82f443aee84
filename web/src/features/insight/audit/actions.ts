import type { Action } from '@/api/schema';

/** What is written down: the words that the API knows. */
export const actions = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'token_reused',
  'password_changed',
  'reset_asked',
  'second_factor_set',
  'second_factor_removed',
  'recovery_codes',
  'refused',
  'tenant_created',
  'settings_changed',
  'user_invited',
  'user_joined',
  'user_changed',
  'key_created',
  'key_revoked',
  'channel_changed',
  'channel_connected',
  'channel_disconnected',
  'template_created',
  'template_changed',
  'template_deleted',
  'conversation_status_changed',
  'conversation_assigned',
  'conversation_started',
  'message_sent',
  'stage_moved',
  'consent_changed',
  'email_verified',
  'key_handed_over',
  'exported',
] as const satisfies readonly Action[];

export const isAction = (word: string): word is Action => actions.some((action) => action === word);
