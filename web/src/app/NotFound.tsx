import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/design/Empty';

export function NotFound() {
  const { t } = useTranslation('common');
  return (
    <main>
      <Empty
        heading="h1"
        icon={<MapPinOff size={20} />}
        title={t('notFound.title')}
        action={<Link to="/inbox">{t('notFound.action')}</Link>}
      >
        {t('notFound.text')}
      </Empty>
    </main>
  );
}
