import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Permission } from '@/api/schema';
import { Empty } from '@/design/Empty';
import { useMay } from './me';

/** Shows a screen to those who may see it, and says to the others what they lack. */
export function Needs({ permission, children }: { permission: Permission; children: ReactNode }) {
  const { t } = useTranslation(['common', 'errors']);
  if (useMay(permission)) return children;
  return (
    <Empty icon={<Lock size={20} />} title={t('errors:forbiddenTitle')}>
      {t('errors:forbidden')} <span>{t('needs', { permission })}</span>
    </Empty>
  );
}
