import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Panel } from '@/design/Panel';

/** Whether the lead is blocked, here and at WhatsApp. */
export function Block({ id }: { id: string }) {
  const { t } = useTranslation('crm');
  const { exact } = useFormats();
  const cache = useQueryClient();
  const mayBlock = useMay('inbox:write');
  const { data } = useQuery({
    queryKey: keys.block(id),
    queryFn: () => call(api.GET('/api/leads/{id}/block', { params: { path: { id } } })),
  });
  const change = useMutation({
    mutationFn: (blocked: boolean) => {
      const params = { path: { id } };
      return call(
        blocked
          ? api.POST('/api/leads/{id}/block', { params })
          : api.POST('/api/leads/{id}/unblock', { params }),
      );
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.conversationLists });
      return cache.invalidateQueries({ queryKey: keys.lead(id) });
    },
  });
  if (!data || (!mayBlock && !data.blocked)) return null;
  return (
    <Panel title={t('block.title')} text={t(data.blocked ? 'block.blocked' : 'block.text')}>
      {data.at !== null && <time dateTime={data.at}>{exact(data.at)}</time>}
      {data.atWhatsapp !== null && <p>{t(`block.at.${data.atWhatsapp}`)}</p>}
      {data.reason !== null && <bdi>{data.reason}</bdi>}
      {change.error && <ErrorLine error={change.error} />}
      {mayBlock && (
        <Button
          icon={<Ban size={16} />}
          isPending={change.isPending}
          onPress={() => change.mutate(!data.blocked)}
        >
          {t(data.blocked ? 'block.undo' : 'block.action')}
        </Button>
      )}
    </Panel>
  );
}
