/**
 * What the API gains with the console and openapi.json does not describe yet. An entry goes when openapi.json has it;
 * the file goes with the last one.
 */
import type * as schema from './schema';

export interface Assignee {
  type: 'user';
  id: string;
  name: string;
}

/** Everything here is absent from an API that does not know it yet. */
export type Conversation = schema.Conversation & {
  assignee?: Assignee | null;
  snoozedUntil?: string | null;
  waitingSince?: string | null;
  channelName?: string;
  username?: string | null;
  /** Shown instead of the phone to those who may not see it. */
  phoneMasked?: string;
};
export type ConversationPage = Omit<schema.ConversationPage, 'items'> & { items: Conversation[] };

export interface Counts {
  mine: number;
  unassigned: number;
  all: number;
  waiting: number;
  mineUnread: number;
  unassignedUnread: number;
  allUnread: number;
}

export type Sees = 'all' | 'channels' | 'unassigned_and_mine' | 'mine';
export type Access = { sees?: Sees; channelIds?: string[]; masksPhones?: boolean };
export type User = schema.User & Access;
export type Me = User & { permissions?: schema.Permission[] };
export type Channel = schema.Channel & { readReceipts?: boolean };

/** The second proof of a sensitive act: one of the two. */
export interface Proof {
  password?: string;
  code?: string;
}
export type Key = schema.Key & { ownerId?: string; active?: boolean };

export interface Ticket {
  ticket: string;
  url: string;
  expiresAt: string;
}

type Ok<T, Code extends number = 200> = {
  [code in Code]: { headers: Record<string, unknown>; content: { 'application/json': T } };
};
type None = { 204: { headers: Record<string, unknown>; content?: never } };
type Json<T> = { content: { 'application/json': T } };
type Get<T, Query = never> = {
  parameters: { query?: Query };
  requestBody?: never;
  responses: Ok<T>;
};
type GetOne<T> = { parameters: { path: { id: string } }; requestBody?: never; responses: Ok<T> };
type Change<Body, T> = { parameters: { path: { id: string } }; requestBody: Json<Body>; responses: Ok<T> };
type Act<Responses> = { parameters: { path: { id: string } }; requestBody?: never; responses: Responses };
type Make<Body, Responses> = {
  parameters: { header?: { 'Idempotency-Key'?: string } };
  requestBody: Json<Body>;
  responses: Responses;
};

export interface ConversationFilter {
  status?: schema.ConversationStatus | 'all';
  assignee?: string;
  channelId?: string;
  unread?: boolean;
  waiting?: boolean;
  limit?: number;
  cursor?: string;
}

interface PendingPaths {
  '/api/conversations': {
    get: Get<ConversationPage, ConversationFilter>;
    post: Make<
      { phone?: string; leadId?: string; channelId?: string; name?: string },
      Ok<Conversation, 200 | 201>
    >;
  };
  '/api/conversations/counts': { get: Get<Counts> };
  '/api/conversations/{id}': {
    get: GetOne<Conversation>;
    patch: Change<{ status: schema.ConversationStatus; snoozedUntil?: string }, Conversation>;
  };
  '/api/conversations/{id}/assign': { post: Change<{ assignee: string | null }, Conversation> };
  '/api/conversations/{id}/claim': { post: Act<Ok<Conversation>> };
  '/api/conversations/{id}/typing': { post: Act<None> };
  '/api/auth/me': {
    get: Get<Me>;
    patch: { parameters: object; requestBody: Json<{ name: string }>; responses: Ok<Me> };
  };
  '/api/auth/verify-email': {
    post: { parameters: object; requestBody: Json<{ token: string }>; responses: None };
  };
  '/api/users/{id}': { patch: Change<schema.UserBody & Access, User> };
  '/api/keys': {
    get: Get<Omit<schema.KeyPage, 'items'> & { items: Key[] }>;
    post: Make<schema.KeyBody & Proof, Ok<Key, 201>>;
  };
  '/api/keys/{id}/take-over': {
    post: { parameters: { path: { id: string } }; requestBody: Json<Proof>; responses: None };
  };
  '/api/channels/{id}': { patch: Change<{ accessToken?: string; readReceipts?: boolean }, Channel> };
  '/api/realtime/ticket': { post: { parameters: object; requestBody?: never; responses: Ok<Ticket> } };
}

export type Paths = Omit<schema.paths, keyof PendingPaths> & PendingPaths;

/** Whether the API has the console's endpoints: `me` names what the person may do since then. */
export const knowsConsole = (me: Me): boolean => me.permissions !== undefined;

/** An API that does not name them refuses by itself what the role may not. */
export const permissionsOf = (me: Me): readonly schema.Permission[] =>
  me.permissions ?? [
    'inbox:read',
    'inbox:write',
    'notices:read',
    'parked:read',
    'channels:write',
    'users:read',
    'users:write',
    'settings:write',
    'keys:write',
    'audit:read',
  ];
