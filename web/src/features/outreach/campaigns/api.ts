/** The calls about campaigns. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Campaign, CampaignOutcome, CampaignState, NewCampaign } from '@/api/schema';

const MOVING: ReadonlySet<CampaignState> = new Set(['scheduled', 'running']);

/** While a campaign sends, the console looks this often. */
const LOOK_AGAIN = 3_000;

/** Statuses go on arriving after the last message. */
const LOOK_LATER = 15_000;

export const campaignsQuery = infiniteQueryOptions({
  queryKey: keys.campaignList,
  queryFn: ({ pageParam }) =>
    call(
      api.GET('/api/campaigns', {
        params: { query: { limit: 20, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some((one) => MOVING.has(one.state))) ? LOOK_LATER : false,
});

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: keys.campaign(id),
    queryFn: () => call(api.GET('/api/campaigns/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => {
      if (!state.data || state.data.state === 'draft') return false;
      return MOVING.has(state.data.state) ? LOOK_AGAIN : LOOK_LATER;
    },
  });

export const recipientsQuery = (id: string, outcome: CampaignOutcome | 'all') =>
  infiniteQueryOptions({
    queryKey: keys.recipients(id, outcome),
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/campaigns/{id}/recipients', {
          params: {
            path: { id },
            query: {
              limit: 50,
              ...(outcome !== 'all' && { outcome }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const templateQuery = (channelId: string) =>
  queryOptions({
    queryKey: keys.templateList({ channelId, all: true }),
    queryFn: () =>
      call(api.GET('/api/templates', { params: { query: { channelId, status: 'approved', limit: 100 } } })),
    enabled: channelId !== '',
  });

function useRead() {
  const cache = useQueryClient();
  return async (campaign: Campaign) => {
    cache.setQueryData(keys.campaign(campaign.id), campaign);
    await cache.invalidateQueries({ queryKey: keys.campaigns });
  };
}

/** Writes the draft, a new one or one that is there. */
export function useSaveDraft(id: string | null) {
  const read = useRead();
  return useMutation({
    mutationFn: (body: NewCampaign) =>
      id === null
        ? call(api.POST('/api/campaigns', { body }))
        : call(
            api.PATCH('/api/campaigns/{id}', {
              params: { path: { id } },
              body: {
                ...body,
                schedule: body.schedule ?? null,
                quietHours: body.quietHours ?? null,
                budget: body.budget ?? null,
              },
            }),
          ),
    onSuccess: read,
  });
}

export function useQuoteCampaign() {
  return useMutation({
    mutationFn: (id: string) => call(api.POST('/api/campaigns/{id}/quote', { params: { path: { id } } })),
  });
}

export function useTestCampaign(id: string) {
  return useMutation({
    mutationFn: (phoneNumber: string) =>
      call(api.POST('/api/campaigns/{id}/test', { params: { path: { id } }, body: { phoneNumber } })),
  });
}

export type CampaignCommand = 'start' | 'pause' | 'resume' | 'cancel';

export function useCommand(id: string) {
  const read = useRead();
  const params = { params: { path: { id } } };
  return useMutation({
    mutationFn: (command: CampaignCommand): Promise<Campaign> => {
      switch (command) {
        case 'start':
          return call(api.POST('/api/campaigns/{id}/start', params));
        case 'pause':
          return call(api.POST('/api/campaigns/{id}/pause', params));
        case 'resume':
          return call(api.POST('/api/campaigns/{id}/resume', params));
        case 'cancel':
          return call(api.POST('/api/campaigns/{id}/cancel', params));
      }
    },
    onSuccess: read,
  });
}

export function useDeleteDraft() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(api.DELETE('/api/campaigns/{id}', { params: { path: { id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.campaigns }),
  });
}

export function useRecipientsFile(id: string) {
  return useMutation({
    mutationFn: (outcome: CampaignOutcome | 'all') =>
      call(
        api.GET('/api/campaigns/{id}/recipients.csv', {
          params: { path: { id }, query: outcome === 'all' ? {} : { outcome } },
          parseAs: 'text',
        }),
      ),
  });
}
