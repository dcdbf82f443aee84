import { useTranslation } from 'react-i18next';
import { toApiError, type ApiError } from '@/api/problem';

export interface ErrorText {
  title: string;
  text: string;
}

/** The words for an error: ours by its type where there is something better to say, else the API's own. */
export function useErrorText(): (error: unknown) => ErrorText {
  const { t } = useTranslation('errors');
  const own = (error: ApiError): ErrorText | null => {
    switch (error.type) {
      case 'network':
        return { title: t('networkTitle'), text: t('network') };
      case '/problems/wrong-credentials':
        return { title: t('wrongCredentialsTitle'), text: t('wrongCredentials') };
      case '/problems/wrong-code':
        return { title: t('wrongCodeTitle'), text: t('wrongCode') };
      case '/problems/address-taken':
        return { title: t('addressTakenTitle'), text: t('addressTaken') };
      case '/problems/forbidden':
        return { title: t('forbiddenTitle'), text: t('forbidden') };
      case '/problems/not-found':
        return { title: t('notFoundTitle'), text: t('notFound') };
      case '/problems/window-closed':
        return { title: t('windowClosedTitle'), text: t('windowClosed') };
      case '/problems/too-many-requests':
        return { title: t('tooManyTitle'), text: t('tooMany', { count: error.retryAfter ?? 60 }) };
      case '/problems/conflict':
        return { title: t('conflictTitle'), text: t('conflict') };
      case '/problems/unauthenticated':
      case '/problems/signed-out':
        return { title: t('unauthenticatedTitle'), text: t('unauthenticated') };
      case '/problems/internal':
      case '/problems/unavailable':
      case 'unreadable':
        return { title: t('internalTitle'), text: t('internal') };
      default:
        return null;
    }
  };
  return (error) => {
    const known = toApiError(error);
    return own(known) ?? { title: known.title || t('internalTitle'), text: known.detail };
  };
}
