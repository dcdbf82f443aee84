/** The calls about files. */
import { api, call } from '@/api/client';
import type { MediaFile, UploadBody, UploadRequest } from '@/api/schema';

/** The request that the browser puts the bytes with, with exactly these headers. */
export type UploadTarget = UploadRequest;

export const createMedia = (body: UploadBody, signal: AbortSignal) =>
  call(api.POST('/api/media', { body, signal }));

export const readMedia = (id: string): Promise<MediaFile> =>
  call(api.GET('/api/media/{id}', { params: { path: { id } } }));

/** Has the customer's file fetched from WhatsApp once more. */
export const refetchMedia = (id: string) =>
  call(api.POST('/api/media/{id}/refetch', { params: { path: { id } } }));
