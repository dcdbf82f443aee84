/** Bulk changes and exports: each is begun, and then read every second until it has ended. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { BulkBody, BulkChange, Export, ExportBody } from '@/api/schema';
import { queryClient } from '@/app/query-client';

const wait = () => new Promise((resolve) => setTimeout(resolve, 1_000));

interface Job {
  state: Export['state'];
}

async function follow<T extends Job>(begun: T, read: () => Promise<T>, onStep: (job: T) => void): Promise<T> {
  let job = begun;
  onStep(job);
  while (job.state === 'running') {
    await wait();
    job = await read();
    onStep(job);
  }
  return job;
}

const readBulk = (id: string) => call(api.GET('/api/bulk/{id}', { params: { path: { id } } }));

const refresh = () => {
  void queryClient.invalidateQueries({ queryKey: keys.leadLists });
  void queryClient.invalidateQueries({ queryKey: keys.conversationLists });
  void queryClient.invalidateQueries({ queryKey: keys.counts });
};

/** Makes a bulk change, or undoes one by its ID. */
export function useBulk() {
  const [job, setJob] = useState<BulkChange | null>(null);
  const change = useMutation({
    mutationFn: async (what: BulkBody | string) => {
      const begun =
        typeof what === 'string'
          ? await call(api.POST('/api/bulk/{id}/undo', { params: { path: { id: what } } }))
          : await call(
              api.POST('/api/bulk', {
                body: what,
                headers: { 'Idempotency-Key': crypto.randomUUID() },
              }),
            );
      return follow(begun, () => readBulk(begun.id), setJob);
    },
    onSettled: refresh,
  });
  return { ...change, job };
}

/** Exports leads or their messages. */
export function useExport() {
  const [job, setJob] = useState<Export | null>(null);
  const begin = useMutation({
    mutationFn: async (body: ExportBody) => {
      const begun = await call(
        api.POST('/api/exports', { body, headers: { 'Idempotency-Key': crypto.randomUUID() } }),
      );
      const path = { id: begun.id };
      return follow(begun, () => call(api.GET('/api/exports/{id}', { params: { path } })), setJob);
    },
  });
  return { ...begin, job };
}
