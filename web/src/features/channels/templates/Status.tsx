import { useTranslation } from 'react-i18next';
import type { Template, TemplateStatus } from '@/api/schema';
import { Badge, type Tone } from '@/design/Badge';

const TONES: Record<TemplateStatus, Tone> = {
  submitting: 'blue',
  not_submitted: 'red',
  pending: 'blue',
  approved: 'green',
  rejected: 'red',
  paused: 'amber',
  disabled: 'red',
  in_appeal: 'blue',
  deleting: 'neutral',
  pending_deletion: 'neutral',
  deleted: 'neutral',
  limit_exceeded: 'red',
  archived: 'neutral',
  other: 'neutral',
};

export function Status({ status }: Pick<Template, 'status'>) {
  const { t } = useTranslation('kinds');
  return <Badge tone={TONES[status]}>{t(`templates.status.${status}`)}</Badge>;
}

const QUALITY: Record<Template['quality'], Tone> = {
  green: 'green',
  yellow: 'amber',
  red: 'red',
  unknown: 'neutral',
};

export function Quality({ quality }: Pick<Template, 'quality'>) {
  const { t } = useTranslation('kinds');
  return <Badge tone={QUALITY[quality]}>{t(`templates.quality.${quality}`)}</Badge>;
}
