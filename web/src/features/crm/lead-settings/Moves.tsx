import { useTranslation } from 'react-i18next';
import type { AutomaticMoves, Stage } from '@/api/schema';
import { ErrorLine } from '@/design/ErrorPanel';
import { Panel } from '@/design/Panel';
import { Select } from '@/design/Select';
import { useChangePipeline, useStageNames } from '../pipelines';
import css from './LeadSettings.module.css';

const begins = ['New', 'Incoming', 'Contacted', 'Qualified'] as const satisfies readonly Stage[];
const later = ['Contacted', 'Qualified', 'Proposal', 'Negotiation'] as const satisfies readonly Stage[];

/** The moves of leads that happen by themselves. Each choice is saved at once. */
export function Moves({ pipelineId, moves }: { pipelineId: string; moves: AutomaticMoves }) {
  const { t } = useTranslation('crm');
  const stageName = useStageNames();
  const change = useChangePipeline(pipelineId);
  const option = (id: Stage) => ({ id, label: stageName(id) });
  const stay = { id: 'stay' as const, label: t('stays') };
  const target = (id: Stage | 'stay') => (id === 'stay' ? null : id);
  return (
    <Panel title={t('moves')} text={t('movesText')}>
      <div className={css['form']}>
        <Select
          label={t('firstMessage')}
          value={moves.firstMessage}
          options={begins.map(option)}
          onChange={(firstMessage) => change.mutate({ moves: { firstMessage } })}
        />
        <Select<Stage | 'stay'>
          label={t('laterMessage')}
          value={moves.laterMessage ?? 'stay'}
          options={[stay, ...later.map(option)]}
          onChange={(id) => change.mutate({ moves: { laterMessage: target(id) } })}
        />
        <Select<Stage | 'stay'>
          label={t('firstAnswer')}
          value={moves.answer ?? 'stay'}
          options={[stay, ...later.map(option)]}
          onChange={(id) => change.mutate({ moves: { answer: target(id) } })}
        />
        {change.error && <ErrorLine error={change.error} />}
      </div>
    </Panel>
  );
}
