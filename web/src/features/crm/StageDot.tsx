import type { PipelineStage, Stage } from '@/api/schema';
import css from './StageDot.module.css';

/** Decoration: the stage's name stands beside it. Without a colour of the business, it has the usual one. */
export function StageDot({ stage, colour }: { stage: Stage; colour?: PipelineStage['colour'] | undefined }) {
  return <span className={css['dot']} data-stage={stage} data-colour={colour} aria-hidden />;
}
