import { useMutation, useQuery } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Cost, CostDifference } from '@/api/schema';
import { saveFile } from '@/app/saveFile';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';

/** So many pages of 1,000 messages are added up on one screen. */
const MOST_PAGES = 100;

export interface MonthCosts {
  items: Cost[];
  differences: CostDifference[];
  isWhole: boolean;
}

async function readMonth(month: string): Promise<MonthCosts> {
  const whole: MonthCosts = { items: [], differences: [], isWhole: false };
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query: { month: string; cursor?: string } = { month, ...(cursor && { cursor }) };
    const read = await call(api.GET('/api/costs', { params: { query } }));
    whole.items.push(...read.items);
    whole.differences.push(...read.differences);
    cursor = read.nextCursor;
    if (cursor === null) return { ...whole, isWhole: true };
  }
  return whole;
}

export function useCosts(month: string) {
  return useQuery({ queryKey: keys.costs(month), queryFn: () => readMonth(month), staleTime: 60_000 });
}

/** The same as a file for a spreadsheet. */
export function useCostsFile(month: string) {
  const errorText = useErrorText();
  return useMutation({
    mutationFn: () => call(api.GET('/api/costs.csv', { params: { query: { month } }, parseAs: 'blob' })),
    onSuccess: (file) => saveFile(`costs-${month}.csv`, new Blob([file], { type: 'text/csv' })),
    onError: (error) => {
      const { title, text } = errorText(error);
      showToast(text || title, { look: 'error' });
    },
  });
}
