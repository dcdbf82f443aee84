/** Tasks of leads: reads and changes. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { NewTaskBody, Task, TaskBody } from '@/api/schema';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';

export function useLeadTasks(id: string) {
  return useQuery({
    queryKey: keys.leadTasks(id),
    queryFn: () => call(api.GET('/api/leads/{id}/tasks', { params: { path: { id } } })),
  });
}

/** The tasks of one assignee: a user's ID, `me` or `none`. */
export function useTasks(assignee: string, done: boolean) {
  return useInfiniteQuery({
    queryKey: keys.taskList({ assignee, done }),
    queryFn: ({ pageParam }) => {
      const query = { assignee, done, ...(pageParam && { cursor: pageParam }) };
      return call(api.GET('/api/tasks', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

function useForget() {
  const cache = useQueryClient();
  return (lead: string) => {
    void cache.invalidateQueries({ queryKey: keys.lead(lead) });
    void cache.invalidateQueries({ queryKey: keys.taskLists });
  };
}

export function useNewTask(lead: string) {
  const forget = useForget();
  return useMutation({
    mutationFn: (body: NewTaskBody) =>
      call(api.POST('/api/leads/{id}/tasks', { params: { path: { id: lead } }, body })),
    onSuccess: () => forget(lead),
  });
}

export function useChangeTask(task: Task) {
  const forget = useForget();
  const errorText = useErrorText();
  const path = { id: task.leadId, taskId: task.id };
  return useMutation({
    mutationFn: (body: TaskBody) =>
      call(api.PATCH('/api/leads/{id}/tasks/{taskId}', { params: { path }, body })),
    onSuccess: () => forget(task.leadId),
    onError: (error) => showToast(errorText(error).text, { look: 'error' }),
  });
}

export function useDeleteTask(task: Task) {
  const forget = useForget();
  const errorText = useErrorText();
  const path = { id: task.leadId, taskId: task.id };
  return useMutation({
    mutationFn: () => call(api.DELETE('/api/leads/{id}/tasks/{taskId}', { params: { path } })),
    onSuccess: () => forget(task.leadId),
    onError: (error) => showToast(errorText(error).text, { look: 'error' }),
  });
}
