/** Which job is shown: it is part of the address, so that a reload goes on with it. */
export interface JobSearch {
  id?: string | undefined;
}

export function readJobSearch(search: Record<string, unknown>): JobSearch {
  const id = search['id'];
  return typeof id === 'string' && id.startsWith('job_') ? { id } : {};
}
