import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Typing } from '@/api/cache';
import type { Colleague } from '@/api/frames';
import { keys } from '@/api/keys';
import { useMe } from '@/app/me';

const pushed = { enabled: false, staleTime: Infinity } as const;

/** Who else has the conversation open, and who of them is typing. The socket sets both. */
export function Present({ id }: { id: string }) {
  const { t } = useTranslation('inbox');
  const me = useMe().id;
  const typing = useQuery({ queryKey: keys.typing(id), queryFn: (): Typing[] => [], ...pushed }).data ?? [];
  const present =
    useQuery({ queryKey: keys.presence(id), queryFn: (): Colleague[] => [], ...pushed }).data ?? [];
  const namesOf = (list: Colleague[]) => list.filter((one) => one.id !== me).map(({ name }) => name);
  const typers = namesOf(typing);
  const others = namesOf(present);
  return (
    <span aria-live="polite">
      {typers.length > 0
        ? t('typing', { count: typers.length, names: typers.join(', ') })
        : others.length > 0 && t('viewing', { count: others.length, names: others.join(', ') })}
    </span>
  );
}
