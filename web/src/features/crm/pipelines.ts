/** Pipelines: how the business calls, colours and orders the stages, and what stands in each. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { NewPipelineBody, PipelineBody, PipelineStage, Stage } from '@/api/schema';
import { useMay } from '@/app/me';
import { stages } from './stages';

export const colours = [
  'grey',
  'blue',
  'teal',
  'green',
  'yellow',
  'orange',
  'red',
  'purple',
] as const satisfies readonly PipelineStage['colour'][];

export const pipelinesQuery = queryOptions({
  queryKey: keys.pipelines,
  queryFn: () => call(api.GET('/api/pipelines')),
  staleTime: 60_000,
});

/** What a stage is called: by the business, or as everybody knows it while nobody renamed it. */
export function useStageNames(pipelineId?: string): (stage: Stage) => string {
  const { t } = useTranslation('common');
  const pipelines = useQuery(pipelinesQuery).data?.items ?? [];
  const pipeline = pipelineId ? pipelines.find(({ id }) => id === pipelineId) : pipelines[0];
  return (stage) => {
    const label = pipeline?.stages.find((one) => one.stage === stage)?.label ?? stage;
    return label === stage ? t(`stage.${stage}`) : label;
  };
}

/** The stages of a board, in the order of the business. */
export function useBoardStages(pipelineId?: string): readonly Stage[] {
  const pipelines = useQuery(pipelinesQuery).data?.items ?? [];
  const pipeline = pipelineId ? pipelines.find(({ id }) => id === pipelineId) : pipelines[0];
  return pipeline?.stages.filter(({ hidden }) => !hidden).map(({ stage }) => stage) ?? stages;
}

/** What stands in each stage now: of leads, or of the deals of a pipeline. */
export function useTotals(pipelineId?: string) {
  const mayRead = useMay('inbox:read');
  return useQuery({
    queryKey: keys.pipelineTotals(pipelineId ?? 'leads'),
    queryFn: () => call(api.GET('/api/pipeline', { params: { query: pipelineId ? { pipelineId } : {} } })),
    enabled: mayRead,
    // Who sees only some leads gets no totals.
    retry: false,
  });
}

function useForget() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: keys.pipelines });
    void cache.invalidateQueries({ queryKey: keys.allPipelineTotals });
  };
}

export function useCreatePipeline() {
  const forget = useForget();
  return useMutation({
    mutationFn: (body: NewPipelineBody) => call(api.POST('/api/pipelines', { body })),
    onSettled: forget,
  });
}

export function useChangePipeline(id: string) {
  const forget = useForget();
  return useMutation({
    mutationFn: (body: PipelineBody) =>
      call(api.PATCH('/api/pipelines/{id}', { params: { path: { id } }, body })),
    onSettled: forget,
  });
}

export function useDeletePipeline(id: string) {
  const forget = useForget();
  return useMutation({
    mutationFn: () => call(api.DELETE('/api/pipelines/{id}', { params: { path: { id } } })),
    onSettled: forget,
  });
}
