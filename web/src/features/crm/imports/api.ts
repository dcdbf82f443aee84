/** The calls about imports. */
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { digestOf, putBytes } from '@/api/put';
import type { Import, ImportSettingsBody } from '@/api/schema';
import { queryClient } from '@/app/query-client';

/** The largest file that the API takes. */
export const LARGEST = 25 * 1024 * 1024;

export const importsQuery = infiniteQueryOptions({
  queryKey: [...keys.imports, 'list'],
  queryFn: ({ pageParam }) =>
    call(api.GET('/api/imports', { params: { query: pageParam ? { cursor: pageParam } : {} } })),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

/** While its rows are checked or written, it is read every second. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: keys.importOne(id),
    queryFn: () => call(api.GET('/api/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_000 : false),
  });

export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: keys.importPreview(id),
    queryFn: () => call(api.GET('/api/imports/{id}/preview', { params: { path: { id } } })),
    staleTime: Infinity,
  });

const shown = (job: Import) => {
  queryClient.setQueryData(keys.importOne(job.id), job);
  void queryClient.invalidateQueries({ queryKey: importsQuery.queryKey });
};

/** Begins an import and uploads its file; gives the import's ID. */
export const useUpload = (onProgress: (sent: number, total: number) => void) =>
  useMutation({
    mutationFn: async (file: File) => {
      const sha256 = await digestOf(file);
      const body = { filename: file.name, size: file.size, sha256 };
      const { id, upload } = await call(
        api.POST('/api/imports', { body, headers: { 'Idempotency-Key': crypto.randomUUID() } }),
      );
      await putBytes(upload, { file, signal: new AbortController().signal, onProgress });
      return id;
    },
  });

export const useCheck = (id: string) =>
  useMutation({
    mutationFn: (body: ImportSettingsBody) =>
      call(api.POST('/api/imports/{id}/check', { params: { path: { id } }, body })),
    onSuccess: shown,
  });

export const useRun = (id: string) =>
  useMutation({
    mutationFn: () => call(api.POST('/api/imports/{id}/run', { params: { path: { id } } })),
    onSuccess: shown,
  });

export const useCancel = (id: string) =>
  useMutation({
    mutationFn: () => call(api.POST('/api/imports/{id}/cancel', { params: { path: { id } } })),
    onSuccess: shown,
  });
