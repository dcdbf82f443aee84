import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import css from './LoadMore.module.css';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** The button below a list that goes on. */
export function LoadMore({ pages }: { pages: Pages }) {
  const { t } = useTranslation('common');
  if (!pages.hasNextPage) return null;
  return (
    <div className={css['more']}>
      <Button isPending={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
        {t('loadMore')}
      </Button>
    </div>
  );
}
