import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { readFilter, type Filter } from './filter';

/** Changes the list's filter in the address; the conversation on screen stays. */
export function useSetFilter(): (more: Filter) => void {
  const navigate = useNavigate();
  const { conversationId } = useParams({ strict: false });
  return useCallback(
    (more) => {
      const search = (old: object): Filter => readFilter({ ...old, ...more });
      if (conversationId === undefined) void navigate({ to: '/inbox', search });
      else void navigate({ to: '/inbox/$conversationId', params: { conversationId }, search });
    },
    [navigate, conversationId],
  );
}
