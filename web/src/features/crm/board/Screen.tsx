import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { useMoveLead } from '../leads';
import { stages } from '../stages';
import css from './Board.module.css';
import { Column } from './Column';

function Columns() {
  const { t } = useTranslation('crm');
  const mayMove = useMay('inbox:write');
  const { mutate } = useMoveLead();
  return (
    <section aria-label={t('columns')} className={css['columns']}>
      {stages.map((stage) => (
        <Column key={stage} stage={stage} mayMove={mayMove} onMove={(lead, to) => mutate({ lead, to })} />
      ))}
    </section>
  );
}

/** The pipeline: a column for each stage, a card for each lead. Cards move by mouse, finger, keyboard and menu. */
export function Screen() {
  const { t } = useTranslation(['crm', 'common']);
  return (
    <div className={css['board']}>
      <header className={css['header']}>
        <h1>{t('common:nav.board')}</h1>
        <Link to="/leads">{t('asTable')}</Link>
      </header>
      <Needs permission="inbox:read">
        <Columns />
      </Needs>
    </div>
  );
}
