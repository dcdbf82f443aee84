/** Files that were chosen, pasted or dropped, and wait in the composer. */
import { planOf, takesCaption, type ChosenAs, type Plan } from './files';
import type { FileToSend } from './uploads';

export interface Chosen {
  key: string;
  file: File;
  plan: Plan;
  /** Where this tab shows it from. */
  address: string;
  width?: number;
  height?: number;
}

/** More at once would be a mistake: a folder that was dropped. */
export const MOST_FILES = 30;

export function choose(files: readonly File[], chosenAs: ChosenAs): Chosen[] {
  return files.map((file) => ({
    key: crypto.randomUUID(),
    file,
    plan: planOf(file, chosenAs),
    address: URL.createObjectURL(file),
  }));
}

/** Those that WhatsApp takes, with `text` as the caption of the first that can have one. */
export function filesToSend(files: readonly Chosen[], text: string): { toSend: FileToSend[]; rest: string } {
  const toSend: FileToSend[] = [];
  let rest = text.trim();
  for (const { file, plan, address, width, height } of files) {
    if ('refused' in plan) continue;
    const caption = rest !== '' && takesCaption(plan.as) ? rest : undefined;
    if (caption !== undefined) rest = '';
    toSend.push({ file, kind: plan.as, address, caption, width, height });
  }
  return { toSend, rest };
}
