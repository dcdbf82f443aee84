import { useSuspenseQuery } from '@tanstack/react-query';
import { meQuery } from '@/api/queries';
import type { Me, Permission } from '@/api/schema';

/** Who is signed in. Inside the shell it is always there. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the person may do something: `const maySend = useMay('inbox:write')`. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
