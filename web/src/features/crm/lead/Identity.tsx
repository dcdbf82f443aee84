import { useTranslation } from 'react-i18next';
import type { LeadWithHistory } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Avatar } from '@/design/Avatar';
import { CopyText } from '@/design/CopyText';
import { Fact, Facts, Panel } from '@/design/Panel';
import { Select } from '@/design/Select';
import { useMoveLead } from '../leads';
import { StageDot } from '../StageDot';
import { phoneOf, stages } from '../stages';
import css from './Lead.module.css';

/** Who the lead is, and where they stand. Ids and numbers copy at a click. */
export function Identity({ lead }: { lead: LeadWithHistory }) {
  const { t } = useTranslation(['crm', 'common']);
  const { day } = useFormats();
  const mayMove = useMay('inbox:write');
  const move = useMoveLead();
  const phone = phoneOf(lead);
  return (
    <Panel title={t('identity')}>
      <div className={css['who']}>
        <Avatar name={lead.name} seed={lead.id} size="large" />
        <bdi className={css['name']}>{lead.name}</bdi>
      </div>
      <Facts>
        <Fact name={t('stage')}>
          <Select
            label={t('stage')}
            hideLabel
            look="chip"
            value={lead.stage}
            isDisabled={!mayMove}
            options={stages.map((id) => ({
              id,
              label: t(`common:stage.${id}`),
              icon: <StageDot stage={id} />,
            }))}
            onChange={(to) => to !== lead.stage && move.mutate({ lead, to })}
          />
        </Fact>
        <Fact name={t('phone')}>{lead.phone ? <CopyText text={lead.phone} /> : (phone ?? t('noPhone'))}</Fact>
        {lead.username && (
          <Fact name={t('username')}>
            <CopyText text={`@${lead.username}`} />
          </Fact>
        )}
        <Fact name={t('source')}>{t(`sources.${lead.source}`)}</Fact>
        <Fact name={t('since')}>{day(lead.createdAt)}</Fact>
        {lead.bsuid && (
          <Fact name={t('bsuid')}>
            <CopyText text={lead.bsuid} />
          </Fact>
        )}
        <Fact name={t('id')}>
          <CopyText text={lead.id} />
        </Fact>
      </Facts>
    </Panel>
  );
}
